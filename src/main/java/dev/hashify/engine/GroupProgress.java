package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.file.TreePath;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.KeyGroups;

/// How far comparing is: the files, and their content, of the undecided groups of two and more.
///
/// A file without partner takes no time, so it does not count. One addition a group.
final class GroupProgress {

  /// A group with more content than this is told when it is begun: it takes some tenths of a second
  /// and more.
  private static final long ANNOUNCED_BYTES_MIN = 256L << 20;

  private final FileTable table;
  private final KeyGroups groups;
  private final Outcomes outcomes;
  private final StageMeter meter;

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
      }
    }
    meter.expect(files, bytes);
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
    if (leaders.length > 1 && bytes(leaders) > ANNOUNCED_BYTES_MIN) {
      meter.announce(pathOf(leaders));
    }
  }

  /// The group is done; any thread.
  void done(int[] leaders) {
    if (leaders.length > 1) {
      meter.add(leaders.length, bytes(leaders), () -> pathOf(leaders));
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
