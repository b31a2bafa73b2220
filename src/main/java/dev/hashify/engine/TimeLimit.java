package dev.hashify.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Until when a run may begin with further groups of files.
final class TimeLimit {

  private final InstantSource clock;
  private final Optional<Instant> end;

  TimeLimit(InstantSource clock, Optional<Duration> time) {
    this.clock = clock;
    end = time.map(clock.instant()::plus);
  }

  boolean isSet() {
    return end.isPresent();
  }

  boolean isReached() {
    return end.isPresent() && !clock.instant().isBefore(end.get());
  }
}
