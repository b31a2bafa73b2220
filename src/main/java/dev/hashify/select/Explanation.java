package dev.hashify.select;

import dev.hashify.file.TreePath;
import java.util.List;

/// Why a path has its verdict: the decisions for the path and for every directory above it.
///
/// @param steps from the root, which no rule decides, down to the path itself; at least one
public record Explanation(List<Step> steps) {

  /// The decision for one path on the way.
  ///
  /// @param path the path below the root; empty for the root itself
  public record Step(TreePath path, Decision decision) {}

  public Explanation {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("an explanation begins with the root");
    }
  }

  /// The path that was asked about.
  public TreePath path() {
    return steps.getLast().path();
  }

  /// What was decided for it.
  public Decision decision() {
    return steps.getLast().decision();
  }

  /// The verdict on it.
  public Verdict verdict() {
    return decision().verdict();
  }
}
