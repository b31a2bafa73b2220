package dev.hashify.engine;

import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.file.TreePath;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.plan.Identity;
import dev.hashify.plan.LongIntMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds, in the records of the last run, the other names of some files and the files like them.
///
/// One pass over all records for all files asked about: some ten million entries a second.
final class Relatives {

  /// How many of a kind are kept for one file; the others are counted.
  private static final int KEPT_MAX = 200;

  private final IndexReader reader;
  private final Identity identity;
  private final Map<Long, List<PathInQuestion>> bySize = new HashMap<>();
  private final LongIntMap sizes = new LongIntMap();

  Relatives(IndexReader reader, Identity identity, List<PathInQuestion> asked) {
    this.reader = reader;
    this.identity = identity;
    for (var path : asked) {
      bySize.computeIfAbsent(path.sizeBytes(), _ -> new ArrayList<>()).add(path);
      sizes.put(path.sizeBytes(), 1);
    }
  }

  /// A recorded file.
  ///
  /// @param directory below the root
  record Relative(
      SettledRoots.Entry root,
      TreePath directory,
      TreePath name,
      long inode,
      long sizeBytes,
      long modifiedNanos,
      List<String> differences) {

    TreePath path() {
      return root.path().resolve(directory.resolve(name));
    }
  }

  /// What was found for one file.
  static final class Found {
    private final List<Relative> names = new ArrayList<>();
    private final List<Relative> likes = new ArrayList<>();
    private final List<Relative> clones = new ArrayList<>();
    private long allNames;

    /// Other names of its inode, or some of them.
    List<Relative> names() {
      return names;
    }

    /// How many other names there are.
    long allNames() {
      return allNames;
    }

    /// Files that share their blocks with their equals and may be equal to it.
    List<Relative> clones() {
      return clones;
    }

    /// Files of its size that little or nothing keeps from it.
    List<Relative> likes() {
      return likes;
    }

    private static void keep(List<Relative> all, Relative one) {
      if (all.size() < KEPT_MAX) {
        all.add(one);
      }
    }
  }

  /// Looks through the records of `roots`.
  void find(List<SettledRoots.Entry> roots) throws IndexException {
    for (var root : roots) {
      find(root);
    }
  }

  private void find(SettledRoots.Entry root) throws IndexException {
    Deque<Place> waiting = new ArrayDeque<>(List.of(new Place(root.inode(), TreePath.EMPTY)));
    // The top of a nested Btrfs subvolume has the inode number of the top that it lies in.
    Set<Long> seen = new HashSet<>(List.of(root.inode()));
    while (!waiting.isEmpty()) {
      Place place = waiting.removeLast();
      DirectoryRecord record = reader.directory(root.volume(), place.inode());
      for (int at = 0; record != null && at < record.count(); at++) {
        if (FileMode.isDirectory(record.mode(at))) {
          if (record.state(at) == PathState.UNIQUE && seen.add(record.inode(at))) {
            TreePath below = place.path().child(record.name(at));
            waiting.add(new Place(record.inode(at), below));
          }
        } else if (sizes.contains(record.sizeBytes(at)) && FileMode.isRegular(record.mode(at))) {
          look(root, place.path(), record, at);
        }
      }
    }
  }

  private record Place(long inode, TreePath path) {}

  private void look(SettledRoots.Entry root, TreePath directory, DirectoryRecord record, int at) {
    for (var asked : bySize.getOrDefault(record.sizeBytes(at), List.of())) {
      boolean isItself =
          asked.root().equals(root)
              && asked.directory().equals(directory)
              && asked.isNamed(record.name(at));
      if (!isItself) {
        look(asked, root, directory, new Row(record, at));
      }
    }
  }

  private record Row(DirectoryRecord record, int at) {}

  private void look(PathInQuestion asked, SettledRoots.Entry root, TreePath directory, Row row) {
    DirectoryRecord record = row.record();
    int at = row.at();
    boolean isName = record.inode(at) == asked.inode() && root.volume() == asked.root().volume();
    List<String> differences = isName ? List.of() : asked.differences(record, at, identity);
    var relative =
        new Relative(
            root,
            directory,
            TreePath.of(record.name(at)),
            record.inode(at),
            record.sizeBytes(at),
            record.modifiedNanos(at),
            differences);
    Found found = asked.found();
    if (isName) {
      found.allNames++;
      Found.keep(found.names, relative);
      return;
    }
    if (record.state(at) == PathState.CLONED && differences.isEmpty()) {
      Found.keep(found.clones, relative);
    }
    // Who has another name and owner or mode has only the size in common.
    if (!differences.contains("name") || ChangeHints.canBeDropped(differences)) {
      Found.keep(found.likes, relative);
    }
  }
}
