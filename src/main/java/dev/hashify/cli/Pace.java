package dev.hashify.cli;

import dev.hashify.engine.StageProgress;
import java.util.OptionalDouble;

/// How fast a stage goes and how long it will still take.
///
/// Both are averages that forget: what was done a while ago counts less. The rate shown forgets
/// within seconds, so that it follows; the one the end is reckoned by forgets within a minute, and
/// the end itself moves only gradually to where it is reckoned to be. So a large file, or a
/// thousand small ones, do not make the remaining time jump, and between two looks it goes down as
/// the clock goes on.
///
/// One stage; one thread at a time.
final class Pace {

  /// What opening, leasing and replacing a file costs, in bytes read in the same time: half and
  /// half at the average of 32 KiB a file that container roots have.
  private static final double FILE_BYTES = 32 << 10;

  private static final double RATE_MEMORY_SECONDS = 5;
  private static final double END_MEMORY_SECONDS = 60;
  private static final double SMOOTHING_SECONDS_MIN = 3;

  /// The end moves to where it is reckoned in this part of the time that is left.
  private static final double SMOOTHING_OF_REST = 0.1;

  /// Before this much time and this part of the work nothing sensible can be said.
  private static final double SECONDS_MIN = 3;

  private static final double PART_MIN = 0.03;

  private final long began;
  private final Average files = new Average(RATE_MEMORY_SECONDS);
  private final Average bytes = new Average(RATE_MEMORY_SECONDS);
  private final Average work = new Average(END_MEMORY_SECONDS);
  private StageProgress before = StageProgress.NONE;
  private long lookedAt;
  private OptionalDouble end = OptionalDouble.empty();

  /// A sum in which what is old counts less, over the time in which it came about.
  private static final class Average {
    private final double memorySeconds;
    private double amount;
    private double seconds;

    Average(double memorySeconds) {
      this.memorySeconds = memorySeconds;
    }

    void add(double more, double during) {
      double kept = Math.exp(-during / memorySeconds);
      amount = amount * kept + more;
      seconds = seconds * kept + during;
    }

    double perSecond() {
      return seconds == 0 ? 0 : amount / seconds;
    }
  }

  /// A stage that begins at `nanos` of some clock.
  Pace(long nanos) {
    began = nanos;
    lookedAt = nanos;
  }

  /// Takes note of how far the stage is at `nanos`.
  void look(long nanos, StageProgress now) {
    double during = (nanos - lookedAt) / 1e9;
    if (during < 0) {
      return;
    }
    lookedAt = nanos;
    files.add((double) now.files() - before.files(), during);
    bytes.add((double) now.bytes() - before.bytes(), during);
    work.add(done(now) - done(before), during);
    before = now;
    reckon(during);
  }

  private void reckon(double during) {
    double all = before.filesTotal() * FILE_BYTES + before.bytesTotal();
    double done = done(before);
    double elapsed = elapsedSeconds();
    if (all == 0 || done > all || elapsed < SECONDS_MIN || done < PART_MIN * all) {
      end = OptionalDouble.empty();
      return;
    }
    double rest = (all - done) / work.perSecond();
    double reckoned = elapsed + rest;
    if (end.isEmpty() || Double.isInfinite(rest)) {
      end = Double.isInfinite(rest) ? end : OptionalDouble.of(reckoned);
      return;
    }
    double smoothing = Math.max(SMOOTHING_SECONDS_MIN, rest * SMOOTHING_OF_REST);
    double moved = 1 - Math.exp(-during / smoothing);
    end = OptionalDouble.of(end.getAsDouble() + (reckoned - end.getAsDouble()) * moved);
  }

  private static double done(StageProgress progress) {
    return progress.files() * FILE_BYTES + progress.bytes();
  }

  /// 0 in the first second, of which nothing can be said.
  double filesPerSecond() {
    return elapsedSeconds() < 1 ? 0 : files.perSecond();
  }

  /// 0 in the first second.
  double bytesPerSecond() {
    return elapsedSeconds() < 1 ? 0 : bytes.perSecond();
  }

  private double elapsedSeconds() {
    return (lookedAt - began) / 1e9;
  }

  /// Seconds until the end of the stage; empty while nobody can know.
  OptionalDouble secondsLeft() {
    return end.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, end.getAsDouble() - elapsedSeconds()));
  }

  /// How much of the work is done, 0 to 100; empty while nobody knows how much there is.
  OptionalDouble percent() {
    double all = before.filesTotal() * FILE_BYTES + before.bytesTotal();
    return all == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(100, 100 * done(before) / all));
  }
}
