package dev.hashify.link;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The directories of one batch, each opened once.
final class OpenDirectories implements AutoCloseable {

  static final String NOT_RESTORED = "its modification time was not restored";
  static final String WHAT_IT_LEAVES = "its files are as they should be";

  private final Linux linux;
  private final List<LinkRoot> roots;
  private final Map<Key, OpenDirectory> open = new HashMap<>();

  OpenDirectories(Linux linux, List<LinkRoot> roots) {
    this.linux = linux;
    this.roots = roots;
  }

  private record Key(int root, TreePath directory) {}

  /// The directory `path` below root number `root`, looked at.
  OpenDirectory get(int root, TreePath path) throws ErrnoException {
    OpenDirectory directory = open(root, path);
    directory.look();
    return directory;
  }

  /// The directory `path` below root number `root`, open and perhaps not looked at yet.
  OpenDirectory open(int root, TreePath path) throws ErrnoException {
    var key = new Key(root, path);
    OpenDirectory known = open.get(key);
    if (known != null) {
      return known;
    }
    var descriptor = linux.open().directoryBeneath(roots.get(root).descriptor(), path);
    var directory = OpenDirectory.of(linux, descriptor);
    open.put(key, directory);
    return directory;
  }

  /// Puts all modification times back; tells those that could not be.
  List<FileProblem> restoreTimes() {
    List<FileProblem> problems = new ArrayList<>();
    for (var entry : open.entrySet()) {
      try {
        entry.getValue().restoreTime();
      } catch (ErrnoException failed) {
        TreePath path = roots.get(entry.getKey().root()).path();
        problems.add(
            new FileProblem(
                path.resolve(entry.getKey().directory()),
                NOT_RESTORED,
                failed.why(),
                WHAT_IT_LEAVES));
      }
    }
    return problems;
  }

  @Override
  public void close() {
    for (var directory : open.values()) {
      directory.close();
    }
    open.clear();
  }
}
