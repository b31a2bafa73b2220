package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import java.util.List;

/// What sweeping stores did.
///
/// @param objects objects looked at
/// @param dropped objects dropped because no path used them
/// @param reclaimedBytes disk space that gave back
/// @param problems what failed
/// @param interrupted whether it was stopped before its end
public record SweepReport(
    long objects,
    long dropped,
    long reclaimedBytes,
    List<FileProblem> problems,
    boolean interrupted) {
  public SweepReport {
    problems = List.copyOf(problems);
  }
}
