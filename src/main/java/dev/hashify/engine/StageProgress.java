package dev.hashify.engine;

import dev.hashify.file.TreePath;

/// How far a stage is.
///
/// @param files how many files are done; while walking, paths
/// @param filesTotal how many there are; 0 as long as nobody knows
/// @param bytes how much content these files have; 0 where content does not matter
/// @param bytesTotal how much content there is; 0 as long as nobody knows
/// @param current what was looked at lately, by one of the threads; may be empty
public record StageProgress(
    long files, long filesTotal, long bytes, long bytesTotal, TreePath current) {

  /// The beginning of a stage.
  public static final StageProgress NONE = new StageProgress(0, 0, 0, 0, TreePath.EMPTY);
}
