package dev.hashify.engine;

import dev.hashify.file.TreePath;
import java.util.List;

/// What verifying stores found.
///
/// @param objects objects looked at
/// @param bytesRead content bytes read
/// @param findings what is wrong, in the order of the stores and names
/// @param interrupted whether it was stopped before its end
public record VerifyReport(
    long objects, long bytesRead, List<Finding> findings, boolean interrupted) {
  public VerifyReport {
    findings = List.copyOf(findings);
  }

  /// One thing that is wrong.
  ///
  /// @param object the object's path
  /// @param what a phrase: `content does not match its id`
  /// @param sharedBy the paths that share it, as far as the last run's roots tell
  /// @param repaired what was done about it, empty if nothing
  public record Finding(TreePath object, String what, List<TreePath> sharedBy, String repaired) {
    public Finding {
      sharedBy = List.copyOf(sharedBy);
    }
  }
}
