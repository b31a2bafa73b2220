package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import java.util.List;

/// What protecting stores did.
///
/// @param stores one for each store
/// @param problems what could not be done
public record ProtectReport(List<Protected> stores, List<FileProblem> problems) {
  public ProtectReport {
    stores = List.copyOf(stores);
    problems = List.copyOf(problems);
  }

  /// One store.
  ///
  /// @param guard the word for the guard it has recorded
  /// @param objects how many objects were without it, or with another
  public record Protected(TreePath store, String guard, long objects) {}
}
