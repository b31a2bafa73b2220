package dev.hashify.report;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import java.util.Optional;

/// Something that a run decided about one path. Paths are absolute paths of the host.
public sealed interface RunEvent {

  /// The path shares its file with others now, or would.
  ///
  /// @param path whose file was replaced
  /// @param keeper a path whose file it shares
  /// @param reclaimedBytes the disk space that came back with this path; 0 for all but the last
  ///   name of a file
  /// @param mode whether it was done
  record Share(TreePath path, TreePath keeper, long reclaimedBytes, RunMode mode)
      implements RunEvent {}

  /// The path was not considered.
  ///
  /// @param rule the deciding rule with its source, if a rule decided
  record Skip(TreePath path, SkipReason reason, Optional<String> rule) implements RunEvent {}

  /// The path was considered and left as it was.
  record Refuse(TreePath path, Refusal reason) implements RunEvent {}

  /// Something failed at the path.
  record Problem(FileProblem problem) implements RunEvent {}
}
