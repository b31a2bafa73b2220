package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.report.RunMode;
import java.time.Duration;
import java.util.List;

/// What to give private copies, or to release.
///
/// @param mode whether to change anything
/// @param paths files, or directories with all below
/// @param stores directories given as stores; may be empty
/// @param lockWait how long to wait for another run to end
/// @param freeze whether to stop the programs of roots given whole
/// @param restraints how fast to read what is copied, and how urgently; the time is not limited
public record BreakRequest(
    RunMode mode,
    List<TreePath> paths,
    List<TreePath> stores,
    Duration lockWait,
    FreezeChoice freeze,
    Restraints restraints) {
  public BreakRequest {
    paths = List.copyOf(paths);
    stores = List.copyOf(stores);
  }

  /// A request that lets programs run on, and goes as fast as it can.
  public BreakRequest(
      RunMode mode, List<TreePath> paths, List<TreePath> stores, Duration lockWait) {
    this(mode, paths, stores, lockWait, FreezeChoice.RUN_ON, Restraints.NONE);
  }
}
