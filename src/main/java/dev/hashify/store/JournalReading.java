package dev.hashify.store;

import dev.hashify.file.TreePath;
import java.util.List;
import java.util.Optional;

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
      List<Optional<DirectoryTimes>> directoryTimes)
      implements JournalReading {

    public Valid {
      steps = List.copyOf(steps);
      guards = List.copyOf(guards);
      directoryTimes = List.copyOf(directoryTimes);
    }
  }

  /// It cannot be read now, or not by this version of the program: to be reported and left for the
  /// next run.
  ///
  /// @param path where it is on the host
  record Unreadable(TreePath path, String why) implements JournalReading {}

  /// Not all of a record. If nothing of the batch lies in `tmp`, none was begun: the power went, or
  /// the program ended, before all of it was down, and it can be [removed][Journal#remove]. Else it
  /// is damaged.
  ///
  /// @param record where it is, and what is missing
  record Incomplete(Damaged record) implements JournalReading {}

  /// Not what this program wrote: to be reported and put aside with [Journal#putAside], never acted
  /// on.
  ///
  /// @param name its name in `journal`
  /// @param path the same on the host
  record Damaged(TreePath name, TreePath path, String reason) implements JournalReading {}
}
