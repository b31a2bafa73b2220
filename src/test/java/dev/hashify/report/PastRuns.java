package dev.hashify.report;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// Runs of before that never were.
final class PastRuns {

  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");

  private PastRuns() {}

  /// One run a night, saving these bytes; a negative number is a run that was stopped.
  static History saving(long... bytes) {
    int[] night = {0};
    return new History(
        LongStream.of(bytes).mapToObj(saved -> run(night[0]++, saved)).toList(),
        java.util.Optional.empty());
  }

  static PastRun run(int night, long saved) {
    return new PastRun(
        FIRST.plus(Duration.ofDays(night)),
        Duration.ofMillis(12_340),
        saved < 0 ? PastRun.End.STOPPED : PastRun.End.COMPLETE,
        4,
        39_473,
        1_000,
        20_000,
        1 << 20,
        saved < 0 ? OptionalLong.empty() : OptionalLong.of(saved),
        0,
        1 << 20,
        0);
  }
}
