package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunMode;
import java.util.List;

/// What breaking or releasing did.
///
/// @param mode whether it was done
/// @param broken paths that have a private copy now, or would; for a release: paths whose inode can
///   be deleted now
/// @param copiedBytes disk space the copies take, or would
/// @param refused paths left as they were because somebody was writing or they changed
/// @param problems what failed
/// @param interrupted whether it was stopped before its end
public record BreakReport(
    RunMode mode,
    long broken,
    long copiedBytes,
    List<TreePath> refused,
    List<FileProblem> problems,
    boolean interrupted) {
  public BreakReport {
    refused = List.copyOf(refused);
    problems = List.copyOf(problems);
  }
}
