package dev.hashify.engine;

import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.report.History;
import dev.hashify.report.PastRun;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The runs a store remembers, a ring of small values in its index.
///
/// `history` holds the version and the number of the next run, `history-N` the run whose number has
/// the remainder N: so a run writes two values of some hundred bytes and moves nothing else, which
/// is all that a night without changes writes. Numbers are big endian.
///
/// The history is the one thing in an index that a new walk cannot find out again. So it has a
/// version of its own, and one from a newer program is left as it is and not added to; an index
/// that has to be made anew is renamed, not deleted ([dev.hashify.index]).
final class RunHistory {

  /// A year of nights, and a month more to compare with the same month a year ago; 40 KiB.
  static final int RUNS_MAX = 400;

  static final String NAME = "history";

  /// Raise it with any change of a value's meaning; a program that knows less leaves it alone.
  static final int VERSION = 1;

  private static final int NEXT_BYTES = Integer.BYTES + Long.BYTES;
  private static final int RUN_BYTES = 11 * Long.BYTES + 2 * Integer.BYTES;
  private static final long UNKNOWN = -1;

  private RunHistory() {}

  /// The runs that are remembered.
  static History read(IndexReader reader) throws IndexException {
    Optional<byte[]> next = reader.meta(NAME);
    if (next.isEmpty()) {
      return History.NONE;
    }
    Optional<String> objection = objection(next.get());
    if (objection.isPresent()) {
      return new History(List.of(), objection);
    }
    long end = next(next.get());
    List<PastRun> runs = new ArrayList<>();
    for (long number = Math.max(0, end - RUNS_MAX); number < end; number++) {
      Optional<byte[]> value = reader.meta(slot(number));
      if (value.isPresent()) {
        parse(value.get(), number).ifPresent(runs::add);
      }
    }
    return new History(runs, Optional.empty());
  }

  /// Adds a run to what is to be written.
  ///
  /// @return why it was not added, if it was not
  static Optional<String> add(IndexReader reader, IndexChanges changes, PastRun run)
      throws IndexException {
    Optional<byte[]> known = reader.meta(NAME);
    Optional<String> objection = known.flatMap(RunHistory::objection);
    if (objection.isEmpty()) {
      long number = known.map(RunHistory::next).orElse(0L);
      changes.putMeta(slot(number), format(run, number));
      changes.putMeta(NAME, next(number + 1));
    }
    return objection;
  }

  private static Optional<String> objection(byte[] next) {
    int version = next.length < Integer.BYTES ? 0 : ByteBuffer.wrap(next).getInt();
    if (version > VERSION) {
      return Optional.of(
          "written by a newer version of this program (format "
              + version
              + ", known is "
              + VERSION
              + "); it is kept as it is, and no run is added to it");
    }
    return Optional.empty();
  }

  private static long next(byte[] value) {
    // Damaged: begin anew; the slots of the ring say by their numbers that they are of before.
    return value.length == NEXT_BYTES
        ? Math.max(0, ByteBuffer.wrap(value).getLong(Integer.BYTES))
        : 0;
  }

  private static byte[] next(long number) {
    return ByteBuffer.allocate(NEXT_BYTES).putInt(VERSION).putLong(number).array();
  }

  private static String slot(long number) {
    return NAME + "-" + number % RUNS_MAX;
  }

  private static byte[] format(PastRun run, long number) {
    return ByteBuffer.allocate(RUN_BYTES)
        .putLong(number)
        .putLong(run.began().getEpochSecond())
        .putLong(run.took().toMillis())
        .putInt(run.end() == PastRun.End.COMPLETE ? 0 : 1)
        .putInt(run.roots())
        .putLong(run.found())
        .putLong(run.shared())
        .putLong(run.alreadyShared())
        .putLong(run.reclaimedBytes())
        .putLong(run.savedBytes().orElse(UNKNOWN))
        .putLong(run.sweptBytes())
        .putLong(run.bytesRead())
        .putLong(run.problems())
        .array();
  }

  /// Empty if it is not the run of this number, or cannot be read: one point less in a chart.
  private static Optional<PastRun> parse(byte[] value, long number) {
    var fields = ByteBuffer.wrap(value);
    try {
      if (fields.getLong() != number) {
        return Optional.empty();
      }
      var began = Instant.ofEpochSecond(fields.getLong());
      var took = Duration.ofMillis(fields.getLong());
      var end = fields.getInt() == 0 ? PastRun.End.COMPLETE : PastRun.End.STOPPED;
      return Optional.of(
          new PastRun(
              began,
              took,
              end,
              fields.getInt(),
              fields.getLong(),
              fields.getLong(),
              fields.getLong(),
              fields.getLong(),
              savedBytes(fields.getLong()),
              fields.getLong(),
              fields.getLong(),
              fields.getLong()));
    } catch (BufferUnderflowException | DateTimeException _) {
      return Optional.empty();
    }
  }

  private static OptionalLong savedBytes(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
