package dev.hashify.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// What a run leaves to others.
///
/// @param priority how urgent its reading and writing is
/// @param readBytesPerSecond how much content it may read, in memory and from devices
/// @param time when it is to begin no further group; what is left is for the next run
public record Restraints(
    Priority priority, OptionalLong readBytesPerSecond, Optional<Duration> time) {

  /// As fast as it can.
  public static final Restraints NONE =
      new Restraints(Priority.NORMAL, OptionalLong.empty(), Optional.empty());

  /// What the kernel's schedulers are told.
  public enum Priority {
    NORMAL,
    /// Reads and writes only when nobody else does.
    IDLE
  }
}
