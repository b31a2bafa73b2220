package dev.hashify.link;

import java.util.Set;

/// Stops the programs of roots for the moments in which their files are exchanged.
public interface Standstill {

  /// Programs run on; the leases and the looks before and after an exchange are all there is.
  Standstill NONE = roots -> () -> roots;

  /// Stops what can be stopped in the roots a batch touches. Never fails: what could not be stopped
  /// is [Pause#moving].
  ///
  /// @param roots by number
  Pause begin(Set<Integer> roots);

  /// Whether nothing is to be done while any program of a root may run. So where a guard has to
  /// come off for the moment, and keeps a program from writing only if that has not yet begun to
  /// open the file.
  default boolean isDemanded() {
    return false;
  }

  /// A moment in which programs stand still, until it is closed.
  interface Pause extends AutoCloseable {

    /// The roots among those asked for some of whose programs may run all the same.
    Set<Integer> moving();

    @Override
    default void close() {}
  }
}
