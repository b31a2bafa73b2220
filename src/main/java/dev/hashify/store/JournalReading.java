package dev.hashify.store;

import dev.hashify.file.TreePath;
import java.util.List;
import java.util.OptionalLong;

/// What one file in `journal` says.
public sealed interface JournalReading {

  /// A batch that was not ended.
  ///
  /// @param entry to be ended with [JournalEntry#done] once everything has been put right
  /// @param directoryTimes for each step what [JournalEntry#noteDirectory] noted last, if anything
  record Valid(
      JournalEntry entry,
      List<JournalStep> steps,
      List<JournalGuard> guards,
      List<OptionalLong> directoryTimes)
      implements JournalReading {

    public Valid {
      steps = List.copyOf(steps);
      guards = List.copyOf(guards);
      directoryTimes = List.copyOf(directoryTimes);
    }
  }

  /// It cannot be read now: to be reported and left for the next run.
  ///
  /// @param path where it is on the host
  record Unreadable(TreePath path, String why) implements JournalReading {}

  /// Not what this program wrote, or not all of it: to be reported and put aside with
  /// [Journal#putAside], never acted on.
  ///
  /// @param name its name in `journal`
  /// @param path the same on the host
  record Damaged(TreePath name, TreePath path, String reason) implements JournalReading {}
}
