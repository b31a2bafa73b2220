package dev.hashify.report;

import dev.hashify.file.TreePath;
import java.time.Duration;
import java.util.List;

/// The result of a run.
///
/// @param mode whether anything was changed
/// @param roots the roots as given, those that could be used
/// @param ruleLists the lists in force, by name
/// @param counts the figures
/// @param stores one entry for each store
/// @param elapsed wall time
/// @param interrupted whether the run was stopped before its end; what was done by then is complete
/// @param guardMissing whether the run ended like a dry run because no guard was chosen and none
///   can be taken by itself; [#choices] says what can be typed
/// @param choices one line for each guard at hand, the one to recommend first: what to type, a
///   colon, what it protects and what it costs (`--guard immutable: a write fails with EPERM, …`)
/// @param findings what was found out besides
public record RunReport(
    RunMode mode,
    List<TreePath> roots,
    List<String> ruleLists,
    Counts counts,
    List<StoreSummary> stores,
    Duration elapsed,
    boolean interrupted,
    boolean guardMissing,
    List<String> choices,
    Findings findings) {

  public RunReport {
    roots = List.copyOf(roots);
    ruleLists = List.copyOf(ruleLists);
    stores = List.copyOf(stores);
    choices = List.copyOf(choices);
  }

  /// Whether the figures say what would be done: after a dry run, and after one that had no guard.
  public boolean changedNothing() {
    return mode == RunMode.DRY || guardMissing;
  }
}
