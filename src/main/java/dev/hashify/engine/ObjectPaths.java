package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.file.TreePath;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.IndexException;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.LongIntMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Under which paths below their roots objects are known tonight: needed where only files of equal
/// paths may become names of one inode.
///
/// Only objects that something undecided may be equal to are looked up, in the table and in the
/// records of the directories that have not changed.
final class ObjectPaths {

  private final Map<Long, List<TreePath>> byInode = new HashMap<>();

  private ObjectPaths() {}

  static ObjectPaths of(StoreWork work) throws IndexException {
    var paths = new ObjectPaths();
    LongIntMap wanted = objectsInQuestion(work);
    paths.addTable(work, wanted);
    for (var directory : work.unchanged()) {
      paths.addRecord(work, directory, wanted);
    }
    return paths;
  }

  private static LongIntMap objectsInQuestion(StoreWork work) throws IndexException {
    FileTable table = work.table();
    ObjectCatalog catalog = work.session().catalog(work.reader());
    var keys = new LongIntMap();
    var wanted = new LongIntMap();
    for (int row = 0; row < table.rows(); row++) {
      if (table.state(row) == PathState.UNSETTLED && !keys.contains(table.key(row))) {
        keys.put(table.key(row), 1);
        for (var object : catalog.byKey(table.key(row))) {
          wanted.put(object.inode(), 1);
        }
      }
    }
    return wanted;
  }

  /// A name of an object that is to move to another is a name of it as yet.
  private void addTable(StoreWork work, LongIntMap wanted) {
    FileTable table = work.table();
    for (int row = 0; row < table.rows(); row++) {
      byte state = table.state(row);
      boolean isName = state == PathState.SHARED || state == PathState.UNSETTLED;
      if (isName && wanted.contains(table.inode(row))) {
        add(table.inode(row), table.path(row));
      }
    }
  }

  private void addRecord(StoreWork work, StoreWork.UnchangedDirectory directory, LongIntMap wanted)
      throws IndexException {
    DirectoryRecord record =
        work.reader().directory(work.volumeOf(directory.root()), directory.inode());
    byte[] name = new byte[256];
    for (int at = 0; record != null && at < record.count(); at++) {
      if (record.state(at) == PathState.SHARED && wanted.contains(record.inode(at))) {
        int length = record.copyName(at, name, 0);
        add(record.inode(at), directory.path().child(name, 0, length));
      }
    }
  }

  private void add(long inode, TreePath path) {
    byInode.computeIfAbsent(inode, _ -> new ArrayList<>()).add(path);
  }

  /// The different paths of an object, if all its names were seen.
  ///
  /// @param links how many names it has, that in the store counted
  Optional<List<TreePath>> all(long object, long links) {
    List<TreePath> known = byInode.getOrDefault(object, List.of());
    return known.size() + 1 == links
        ? Optional.of(known.stream().distinct().sorted().toList())
        : Optional.empty();
  }
}
