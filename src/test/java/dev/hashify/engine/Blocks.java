package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.os.CloneCalls.Placing;
import dev.hashify.os.FileExtents;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Which files lie in the same blocks.
final class Blocks {

  private Blocks() {}

  static FileExtents of(Tree tree, String path) throws IOException {
    return of(tree, TreePath.of(path));
  }

  private static FileExtents of(Tree tree, TreePath path) throws IOException {
    try (var directory = tree.openDirectory(path.parent());
        var file = RealLinux.LINUX.open().file(directory, path.name())) {
      long size = tree.stat(path).sizeBytes();
      return RealLinux.LINUX.clones().extents(file, size, Placing.PLACE_FIRST);
    }
  }

  /// Whether both files lie in the same blocks from start to end.
  static boolean areShared(Tree tree, String one, String other) throws IOException {
    return areShared(tree, TreePath.of(one), TreePath.of(other));
  }

  static boolean areShared(Tree tree, TreePath one, TreePath other) throws IOException {
    FileExtents extents = of(tree, one);
    return extents.count() > 0 && extents.hasSameBlocks(of(tree, other));
  }

  /// The sets of two and more files below `directory` that lie in the same blocks; paths are those
  /// below it.
  static NavigableSet<List<TreePath>> groups(Tree tree, String directory) throws IOException {
    List<Path> files;
    try (var all = Files.walk(tree.path(directory))) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    List<List<TreePath>> groups = new ArrayList<>();
    List<FileExtents> places = new ArrayList<>();
    for (Path file : files) {
      FileExtents extents = of(tree, tree.root().relativize(file).toString());
      int at = 0;
      while (at < places.size() && !places.get(at).hasSameBlocks(extents)) {
        at++;
      }
      if (at == places.size()) {
        places.add(extents);
        groups.add(new ArrayList<>());
      }
      groups.get(at).add(TreePath.of(tree.path(directory).relativize(file).toString()));
    }
    NavigableSet<List<TreePath>> several = new TreeSet<>(TreeFingerprint.BY_ALL_PATHS);
    groups.stream().filter(group -> group.size() > 1).forEach(several::add);
    return several;
  }
}
