package dev.hashify.report;

import java.util.List;

/// Who uses which space.
///
/// @param roots in the order of the run
/// @param matrix what the largest roots have in common
public record Space(List<RootSpace> roots, Matrix matrix) {

  /// Nothing was looked at.
  public static final Space NONE = new Space(List.of(), new Matrix(List.of(), List.of()));

  public Space {
    roots = List.copyOf(roots);
  }

  /// What pairs of roots have in common.
  ///
  /// @param roots positions in [Space#roots], the largest root first
  /// @param bytes a row for each of them: what it has in common with each of them
  public record Matrix(List<Integer> roots, List<List<Long>> bytes) {
    public Matrix {
      roots = List.copyOf(roots);
      bytes = bytes.stream().map(List::copyOf).toList();
    }
  }
}
