package dev.hashify.engine;

import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.index.ObjectEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which inodes are objects of the store.
interface ObjectCatalog {

  /// The object of this inode.
  Optional<ObjectEntry> byInode(long inode) throws IndexException;

  /// The objects of this light key.
  List<ObjectEntry> byKey(long key) throws IndexException;

  /// What the index says.
  static ObjectCatalog of(IndexReader reader, long volume) {
    return new ObjectCatalog() {
      @Override
      public Optional<ObjectEntry> byInode(long inode) throws IndexException {
        return reader.object(volume, inode);
      }

      @Override
      public List<ObjectEntry> byKey(long key) throws IndexException {
        return reader.objectsOfKey(volume, key);
      }
    };
  }

  /// A store read into memory, for a dry run over a store without an index.
  static ObjectCatalog of(List<ObjectEntry> objects) {
    Map<Long, ObjectEntry> inodes = new HashMap<>();
    Map<Long, List<ObjectEntry>> keys = new HashMap<>();
    for (var object : objects) {
      inodes.put(object.inode(), object);
      keys.computeIfAbsent(object.key(), _ -> new ArrayList<>()).add(object);
    }
    return new ObjectCatalog() {
      @Override
      public Optional<ObjectEntry> byInode(long inode) {
        return Optional.ofNullable(inodes.get(inode));
      }

      @Override
      public List<ObjectEntry> byKey(long key) {
        return keys.getOrDefault(key, List.of());
      }
    };
  }
}
