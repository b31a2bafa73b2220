package dev.hashify.index;

import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is to be written, collected by one thread and kept in the order of the keys, because sorted
/// writes are nine times as fast as random ones.
///
/// The last word about a key counts. Arrays are taken over, not copied.
public final class IndexChanges {

  /// What a change costs in memory besides the bytes of its value, roughly.
  private static final int OVERHEAD_BYTES = 100;

  private final NavigableMap<FileKey, byte[]> directories = new TreeMap<>();
  private final NavigableSet<FileKey> removedDirectories = new TreeSet<>();
  private final NavigableMap<FileKey, ObjectEntry> objects = new TreeMap<>();
  private final NavigableSet<FileKey> removedObjects = new TreeSet<>();
  private final NavigableMap<String, byte[]> meta = new TreeMap<>();
  private final NavigableSet<String> removedMeta = new TreeSet<>();
  private long valueBytes;

  /// Records a directory.
  ///
  /// @param record what [DirectoryRecordWriter#build] gave
  public void putDirectory(long volume, long inode, byte[] record) {
    var file = new FileKey(volume, inode);
    removedDirectories.remove(file);
    byte[] before = directories.put(file, record);
    valueBytes += record.length - (before == null ? 0 : before.length);
  }

  public void removeDirectory(long volume, long inode) {
    var file = new FileKey(volume, inode);
    byte[] before = directories.remove(file);
    valueBytes -= before == null ? 0 : before.length;
    removedDirectories.add(file);
  }

  public void putObject(ObjectEntry entry) {
    var file = new FileKey(entry.volume(), entry.inode());
    removedObjects.remove(file);
    objects.put(file, entry);
  }

  public void removeObject(long volume, long inode) {
    var file = new FileKey(volume, inode);
    objects.remove(file);
    removedObjects.add(file);
  }

  /// Gives a value of the caller's a name.
  ///
  /// @param name 1 to 200 bytes of UTF-8
  public void putMeta(String name, byte[] value) {
    Formats.metaKey(name);
    removedMeta.remove(name);
    byte[] before = meta.put(name, value);
    valueBytes += value.length - (before == null ? 0 : before.length);
  }

  public void removeMeta(String name) {
    Formats.metaKey(name);
    byte[] before = meta.remove(name);
    valueBytes -= before == null ? 0 : before.length;
    removedMeta.add(name);
  }

  public boolean isEmpty() {
    return count() == 0;
  }

  /// The number of keys that change.
  public int count() {
    return directories.size()
        + removedDirectories.size()
        + objects.size()
        + removedObjects.size()
        + meta.size()
        + removedMeta.size();
  }

  /// About how much memory the collection takes, to decide when to write it.
  public long sizeBytes() {
    return valueBytes + (long) OVERHEAD_BYTES * count();
  }

  /// Forgets all changes.
  public void clear() {
    directories.clear();
    removedDirectories.clear();
    objects.clear();
    removedObjects.clear();
    meta.clear();
    removedMeta.clear();
    valueBytes = 0;
  }

  NavigableMap<FileKey, byte[]> directories() {
    return directories;
  }

  NavigableSet<FileKey> removedDirectories() {
    return removedDirectories;
  }

  NavigableMap<FileKey, ObjectEntry> objects() {
    return objects;
  }

  NavigableSet<FileKey> removedObjects() {
    return removedObjects;
  }

  NavigableMap<String, byte[]> meta() {
    return meta;
  }

  NavigableSet<String> removedMeta() {
    return removedMeta;
  }
}
