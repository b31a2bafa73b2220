package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.report.Findings;
import java.util.Arrays;

/// Where the space was that a run reclaims, added up while it does. Safe for many threads.
final class ReclaimedSpace {

  /// How many of each are told.
  private static final int TOLD_MAX = 20;

  private static final int ROOTS_TOLD_MAX = 1_000;

  private static final int AREA_DEPTH = 2;
  private static final int DIRECTORY_DEPTH = 3;

  private final TreePath store;
  private final LargestTotals roots = new LargestTotals();
  private final LargestTotals areas = new LargestTotals();
  private final LargestTotals directories = new LargestTotals();
  private final LargestTotals files = new LargestTotals();

  /// @param store where the objects are: their paths tell nobody which file it was
  ReclaimedSpace(TreePath store) {
    this.store = store;
  }

  /// Counts a file whose names all share now, or would.
  ///
  /// @param path one of its names, below the root
  /// @param names how many it has
  /// @param keeper a path of the root or of an object
  synchronized void add(TreePath root, TreePath path, int names, TreePath keeper, long bytes) {
    TreePath directory = path.parent();
    roots.add(root, names, bytes);
    areas.add(upper(directory, AREA_DEPTH), names, bytes);
    directories.add(root.resolve(upper(directory, DIRECTORY_DEPTH)), names, bytes);
    TreePath shown = store.contains(keeper) ? root.resolve(path) : keeper;
    files.add(keeper, shown, names, bytes);
  }

  synchronized void add(ReclaimedSpace other) {
    roots.add(other.roots);
    areas.add(other.areas);
    directories.add(other.directories);
    files.add(other.files);
  }

  /// The upper `depth` components of `directory`.
  static TreePath upper(TreePath directory, int depth) {
    int seen = 0;
    for (int at = 0; at < directory.length(); at++) {
      if (directory.byteAt(at) == '/') {
        seen++;
        if (seen == depth) {
          return TreePath.of(Arrays.copyOf(directory.bytes(), at));
        }
      }
    }
    return directory;
  }

  synchronized Findings.Reclaimed result() {
    return new Findings.Reclaimed(
        roots.largest(ROOTS_TOLD_MAX),
        areas.largest(TOLD_MAX),
        directories.largest(TOLD_MAX),
        files.largest(TOLD_MAX));
  }
}
