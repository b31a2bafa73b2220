package dev.hashify.report;

import java.util.List;
import java.util.Optional;

/// What a store remembers of its runs.
///
/// @param runs the oldest first
/// @param unreadable why it cannot be read, if it cannot; then there are no runs
public record History(List<PastRun> runs, Optional<String> unreadable) {

  /// Nothing is remembered.
  public static final History NONE = new History(List.of(), Optional.empty());

  public History {
    runs = List.copyOf(runs);
  }
}
