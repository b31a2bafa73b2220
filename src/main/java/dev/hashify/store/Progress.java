package dev.hashify.store;

import dev.hashify.store.ObjectVisitor.Visit;

/// Asked after each object of a long walk whether to go on.
@FunctionalInterface
public interface Progress {

  /// Goes on to the end.
  Progress UNWATCHED = (_, _) -> Visit.GO_ON;

  /// Says how far the walk is and hears whether to go on.
  ///
  /// @param objects how many have been looked at
  /// @param bytes how much of their content has been read
  Visit done(long objects, long bytes);
}
