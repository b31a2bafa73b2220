package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.file.TreePath;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.KeyGroups;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How far comparing is: the files, and their content, of the undecided groups of two and more.
///
/// A file without partner takes no time, so it does not count. One addition a group; only large
/// groups are counted while they are read.
final class GroupProgress {

  /// A group with more content than this is told when it is begun, and as it is read: it takes some
  /// tenths of a second and more.
  private static final long LARGE_BYTES_MIN = 256L << 20;

  private final FileTable table;
  private final KeyGroups groups;
  private final Outcomes outcomes;
  private final StageMeter meter;
  private boolean hasLarge;

  /// What of a large group is counted already, by the thread that reads it.
  private final Map<Thread, Large> inHand = new ConcurrentHashMap<>();

  /// A large group while it is read.
  private static final class Large {
    private final int[] leaders;
    private long bytesLeft;

    Large(int[] leaders, long bytes) {
      this.leaders = leaders;
      this.bytesLeft = bytes;
    }
  }

  GroupProgress(FileTable table, KeyGroups groups, Outcomes outcomes, StageMeter meter) {
    this.table = table;
    this.groups = groups;
    this.outcomes = outcomes;
    this.meter = meter;
  }

  /// Tells how much there is to do, before anything is done.
  void expect() {
    long files = 0;
    long bytes = 0;
    for (int number = 0; number < groups.count(); number++) {
      int[] leaders = groups.group(number);
      if (leaders.length > 1 && isUndecided(leaders)) {
        files += leaders.length;
        bytes += bytes(leaders);
        hasLarge |= isLarge(leaders);
      }
    }
    meter.expect(files, bytes);
  }

  /// The scope to examine groups with: large ones are counted as they are read.
  ExaminerScope counting(ExaminerScope scope) {
    return hasLarge ? scope.counted(this::read) : scope;
  }

  private boolean isLarge(int[] leaders) {
    return leaders.length > 1 && bytes(leaders) > LARGE_BYTES_MIN;
  }

  /// Whether a file of the group waits for a decision.
  boolean isUndecided(int[] leaders) {
    for (int leader : leaders) {
      if (table.state(leader) == PathState.UNSETTLED) {
        return true;
      }
    }
    return false;
  }

  /// An undecided group is begun; any thread.
  void begun(int[] leaders) {
    if (isLarge(leaders)) {
      inHand.put(Thread.currentThread(), new Large(leaders, bytes(leaders)));
      meter.announce(pathOf(leaders));
    }
  }

  /// So much was read of the group that this thread has in hand. A file may be read twice, to tell
  /// it apart first; what is more than the group has is not counted.
  private void read(long bytes) {
    Large large = inHand.get(Thread.currentThread());
    if (large != null && large.bytesLeft > 0) {
      long counted = Math.min(bytes, large.bytesLeft);
      large.bytesLeft -= counted;
      meter.add(0, counted, () -> pathOf(large.leaders));
    }
  }

  /// The group is done; any thread.
  void done(int[] leaders) {
    if (leaders.length > 1) {
      Large large = inHand.remove(Thread.currentThread());
      long left = large == null ? bytes(leaders) : large.bytesLeft;
      meter.add(leaders.length, left, () -> pathOf(leaders));
    }
  }

  private TreePath pathOf(int[] leaders) {
    return outcomes.hostPath(leaders[leaders.length - 1]);
  }

  /// All files of a group are of one size.
  private long bytes(int[] leaders) {
    return table.sizeBytes(leaders[0]) * leaders.length;
  }
}
