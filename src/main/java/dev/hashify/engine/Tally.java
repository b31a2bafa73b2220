package dev.hashify.engine;

import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.plan.FileTable;
import dev.hashify.report.Counts;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/// The figures of a run while they grow. One thread at a time; each walking thread has its own and
/// they are added up.
final class Tally {

  private final long[] byState = new long[256];
  private final SharedObjects objects = new SharedObjects();

  private final Examples examples = new Examples();
  private long directories;
  long shared;
  long otherProblems;
  long groups;
  long reclaimedBytes;
  long bytesRead;
  long filesRead;
  long modifiedTimesChanged;
  long inUse;

  void directory() {
    directories++;
  }

  /// A path for each state, as far as one was noted.
  Examples examples() {
    return examples;
  }

  /// Counts the entries of a directory that is as it was recorded, or takes them back.
  ///
  /// @param sign 1 or -1
  void record(long volume, DirectoryRecord record, int sign) {
    for (int at = 0; at < record.count(); at++) {
      if (!FileMode.isDirectory(record.mode(at))) {
        byte state = record.state(at);
        byState[state & 0xff] += sign;
        if (state == PathState.SHARED) {
          objects.count(volume, record.inode(at), record.sizeBytes(at), sign);
        } else if (state == PathState.CLONED) {
          objects.countClone(record.key(at), record.sizeBytes(at), record.links(at), sign);
        }
      }
    }
  }

  /// Counts all rows of a table, except those that [#shared] counts already.
  ///
  /// @param sharedNow the rows shared in this run
  /// @param keptNow the rows that became objects in this run: next time they are shared
  void table(long volume, FileTable table, BitSet sharedNow, BitSet keptNow) {
    for (int row = 0; row < table.rows(); row++) {
      if (FileMode.isDirectory(table.mode(row)) || sharedNow.get(row)) {
        continue;
      }
      byte state = keptNow.get(row) ? PathState.UNIQUE : table.state(row);
      byState[state & 0xff]++;
      if (state == PathState.SHARED) {
        objects.count(volume, table.inode(row), table.sizeBytes(row), 1);
      } else if (state == PathState.CLONED) {
        objects.countClone(table.key(row), table.sizeBytes(row), table.links(row), 1);
      }
    }
  }

  /// Counts the content of the rows shared in this run, too: what is saved once the run is over.
  void sharedNow(long volume, FileTable table, BitSet sharedNow) {
    for (int row = sharedNow.nextSetBit(0); row >= 0; row = sharedNow.nextSetBit(row + 1)) {
      byte state = table.state(row);
      if (state == PathState.SHARED) {
        objects.count(volume, table.inode(row), table.sizeBytes(row), 1);
      } else if (state == PathState.CLONED) {
        objects.countClone(table.key(row), table.sizeBytes(row), table.links(row), 1);
      }
    }
  }

  /// The length of the content that the paths counted would take alone, each content taken off
  /// once.
  long savedBytes() {
    return objects.savedBytes();
  }

  void add(Tally other) {
    for (int i = 0; i < byState.length; i++) {
      byState[i] += other.byState[i];
    }
    examples.add(other.examples);
    directories += other.directories;
    objects.add(other.objects);
    shared += other.shared;
    otherProblems += other.otherProblems;
    groups += other.groups;
    reclaimedBytes += other.reclaimedBytes;
    bytesRead += other.bytesRead;
    filesRead += other.filesRead;
    modifiedTimesChanged += other.modifiedTimesChanged;
    inUse += other.inUse;
  }

  /// The figures as they are now.
  Counts counts() {
    Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
    long found = shared;
    for (int i = 0; i < byState.length; i++) {
      long count = byState[i];
      found += count;
      if (count != 0) {
        byte state = (byte) i;
        PathState.skipReason(state).ifPresent(reason -> skipped.merge(reason, count, Long::sum));
        PathState.refusal(state).ifPresent(reason -> refused.merge(reason, count, Long::sum));
      }
    }
    long skippedTotal = skipped.values().stream().mapToLong(Long::longValue).sum();
    return new Counts(
        found,
        directories,
        found - skippedTotal,
        shared,
        byState[PathState.SHARED] + byState[PathState.CLONED],
        byState[PathState.UNIQUE],
        skipped,
        refused,
        byState[PathState.PROBLEM],
        otherProblems,
        groups,
        reclaimedBytes,
        objects.savedBytes(),
        bytesRead,
        filesRead,
        modifiedTimesChanged,
        inUse);
  }
}
