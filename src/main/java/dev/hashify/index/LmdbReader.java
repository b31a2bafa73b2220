package dev.hashify.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.GetOp;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/// One read transaction and its gate.
///
/// The monitor is the gate: LMDB unmaps its file at close, and a thread that is inside a read then
/// kills the JVM (4 of 5 times, measured). The index ends every reader through [#release] before it
/// closes the environment. One monitor per reader, because one for all would be fought over by all
/// threads of a walk.
final class LmdbReader implements IndexReader {

  private final LmdbIndex index;
  private final Databases databases;
  private final Txn<byte[]> txn;
  private boolean released;
  private boolean iterating;

  LmdbReader(LmdbIndex index, Databases databases) {
    this.index = index;
    this.databases = databases;
    txn = databases.env().txnRead();
  }

  @Override
  public synchronized void refresh() throws IndexException {
    requireOpen();
    if (iterating) {
      throw new IllegalStateException("a reader cannot be refreshed from inside forEachObject");
    }
    try {
      txn.reset();
      txn.renew();
    } catch (LmdbException e) {
      throw notRead(e);
    }
  }

  @Override
  public synchronized @Nullable DirectoryRecord directory(long volume, long inode)
      throws IndexException {
    requireOpen();
    try {
      byte[] value = databases.directory().get(txn, Formats.fileKey(volume, inode));
      return value == null ? null : DirectoryRecord.parse(value).orElse(null);
    } catch (LmdbException e) {
      throw notRead(e);
    }
  }

  @Override
  public synchronized Optional<ObjectEntry> object(long volume, long inode) throws IndexException {
    requireOpen();
    try {
      return objectOf(Formats.fileKey(volume, inode));
    } catch (LmdbException e) {
      throw notRead(e);
    }
  }

  private Optional<ObjectEntry> objectOf(byte[] file) {
    byte[] value = databases.object().get(txn, file);
    return value == null ? Optional.empty() : Formats.object(file, value);
  }

  @Override
  public synchronized List<ObjectEntry> objectsOfKey(long volume, long key) throws IndexException {
    requireOpen();
    var found = new ArrayList<ObjectEntry>();
    try (var cursor = databases.key().openCursor(txn)) {
      // An inode of 0 is the lowest row that a light key and a volume can have.
      boolean there = cursor.get(Formats.lightKey(key, volume, 0), GetOp.MDB_SET_RANGE);
      while (there && isOf(cursor, key, volume)) {
        long inode = ByteBuffer.wrap(cursor.key()).getLong(16);
        objectOf(Formats.fileKey(volume, inode))
            .filter(object -> object.key() == key)
            .ifPresent(found::add);
        there = cursor.next();
      }
      return found;
    } catch (LmdbException e) {
      throw notRead(e);
    }
  }

  private static boolean isOf(Cursor<byte[]> cursor, long key, long volume) {
    byte[] row = cursor.key();
    return row.length == 24
        && ByteBuffer.wrap(row).getLong(0) == key
        && ByteBuffer.wrap(row).getLong(8) == volume;
  }

  @Override
  public synchronized void forEachObject(Consumer<ObjectEntry> consumer) throws IndexException {
    requireOpen();
    boolean outermost = !iterating;
    iterating = true;
    try (var cursor = databases.object().openCursor(txn)) {
      boolean there = cursor.first();
      while (there) {
        Formats.object(cursor.key(), cursor.val()).ifPresent(consumer);
        there = cursor.next();
      }
    } catch (LmdbException e) {
      throw notRead(e);
    } finally {
      iterating = !outermost;
    }
  }

  @Override
  public synchronized Optional<byte[]> meta(String name) throws IndexException {
    requireOpen();
    try {
      return Optional.ofNullable(databases.meta().get(txn, Formats.metaKey(name)));
    } catch (LmdbException e) {
      throw notRead(e);
    }
  }

  private void requireOpen() {
    if (released) {
      throw new IllegalStateException("the index, or this reader of it, is closed");
    }
  }

  private IndexException notRead(LmdbException e) {
    return new IndexException(
        Messages.of(index.directory(), "not read", Databases.text(e))
            + "; delete it, the next run makes it anew",
        e);
  }

  @Override
  public void close() {
    if (release()) {
      index.forget(this);
    }
  }

  /// Ends the transaction, after the call that another thread may be in. Returns whether this call
  /// did it.
  synchronized boolean release() {
    if (iterating) {
      // Only this thread can be here: its own cursor would lose the transaction under it.
      throw new IllegalStateException("an index cannot be closed from inside forEachObject");
    }
    if (released) {
      return false;
    }
    released = true;
    txn.close();
    return true;
  }
}
