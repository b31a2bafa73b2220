package dev.hashify.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/// Writes one set of changes in transactions of bounded size.
///
/// A transaction belongs to the thread that began it, so an instance lives no longer than one call
/// of [Index#write].
final class LmdbWriter implements AutoCloseable {

  /// Bounds the memory of a transaction's dirty pages, and what a kill undoes. Larger batches were
  /// not faster when sorted.
  private static final int PUTS_MAX = 10_000;

  private static final long BYTES_MAX = 16L << 20;

  private static final byte[] NOTHING = {};

  private final Databases databases;
  private final Path file;
  private @Nullable Txn<byte[]> open;
  private int puts;
  private long bytes;

  /// @param file LMDB's file
  LmdbWriter(Databases databases, Path file) {
    this.databases = databases;
    this.file = file;
  }

  /// Writes `changes` and marks the index as in use by a run that has not closed it.
  void write(IndexChanges changes) throws IOException {
    putClean(false);
    writeObjects(changes);
    writeDirectories(changes);
    writeMeta(changes);
    commit();
  }

  /// Marks the index as in use by a run that has not closed it.
  void markInUse() throws IOException {
    putClean(false);
    commit();
  }

  /// Marks the index as closed in order.
  void markClean() throws IOException {
    putClean(true);
    commit();
  }

  private void putClean(boolean clean) {
    databases.meta().put(txn(), Formats.CLEAN_KEY, new byte[] {(byte) (clean ? 1 : 0)});
  }

  private void writeObjects(IndexChanges changes) throws IOException {
    for (var file : changes.removedObjects()) {
      byte[] key = Formats.fileKey(file.volume(), file.inode());
      removeLightKey(key, NOTHING);
      databases.object().delete(txn(), key);
      count(key.length);
    }
    for (var object : changes.objects().values()) {
      byte[] key = Formats.fileKey(object.volume(), object.inode());
      byte[] value = Formats.object(object);
      byte[] lightKey = Formats.lightKey(object.key(), object.volume(), object.inode());
      removeLightKey(key, lightKey);
      databases.object().put(txn(), key, value);
      databases.key().put(txn(), lightKey, NOTHING);
      count(key.length + value.length + lightKey.length);
    }
  }

  /// Deletes the row that leads to what is recorded now of an object, unless it is `kept`.
  private void removeLightKey(byte[] file, byte[] kept) {
    byte[] before = databases.object().get(txn(), file);
    if (before == null) {
      return;
    }
    var object = Formats.object(file, before);
    if (object.isPresent()) {
      byte[] row =
          Formats.lightKey(object.get().key(), object.get().volume(), object.get().inode());
      if (!Arrays.equals(row, kept)) {
        databases.key().delete(txn(), row);
      }
    }
  }

  private void writeDirectories(IndexChanges changes) throws IOException {
    for (var file : changes.removedDirectories()) {
      byte[] key = Formats.fileKey(file.volume(), file.inode());
      databases.directory().delete(txn(), key);
      count(key.length);
    }
    byte[] last = lastDirectory();
    for (var entry : changes.directories().entrySet()) {
      byte[] key = Formats.fileKey(entry.getKey().volume(), entry.getKey().inode());
      if (Arrays.compareUnsigned(key, last) > 0) {
        // LMDB halves a page that is full, unless it is told that nothing will follow between.
        databases.directory().put(txn(), key, entry.getValue(), PutFlags.MDB_APPEND);
      } else {
        databases.directory().put(txn(), key, entry.getValue());
      }
      count(key.length + entry.getValue().length);
    }
  }

  /// The greatest key there is; empty if there is none.
  private byte[] lastDirectory() {
    try (var cursor = databases.directory().openCursor(txn())) {
      return cursor.last() ? cursor.key() : NOTHING;
    }
  }

  private void writeMeta(IndexChanges changes) throws IOException {
    for (var name : changes.removedMeta()) {
      databases.meta().delete(txn(), Formats.metaKey(name));
    }
    for (var entry : changes.meta().entrySet()) {
      databases.meta().put(txn(), Formats.metaKey(entry.getKey()), entry.getValue());
      count(entry.getValue().length);
    }
  }

  private Txn<byte[]> txn() {
    var txn = open;
    if (txn == null) {
      txn = databases.env().txnWrite();
      open = txn;
    }
    return txn;
  }

  /// Counts a change, and commits once there are enough. Everything that belongs together is put
  /// before it is counted.
  private void count(int length) throws IOException {
    puts++;
    bytes += length;
    if (puts >= PUTS_MAX || bytes >= BYTES_MAX) {
      commit();
    }
  }

  private void commit() throws IOException {
    var txn = open;
    if (txn != null) {
      txn.commit();
      txn.close();
      open = null;
      DataFile.extend(file, databases.env().info().lastPageNumber, databases.pageSize());
    }
    puts = 0;
    bytes = 0;
  }

  /// Gives up what was not committed.
  @Override
  public void close() {
    var txn = open;
    if (txn != null) {
      open = null;
      txn.close();
    }
  }
}
