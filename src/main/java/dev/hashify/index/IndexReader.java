package dev.hashify.index;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A view of the index as it was at one moment: when the reader was made, or last refreshed.
///
/// Meant for one thread; calls from several are serialised. A reader that is kept without
/// [#refresh] keeps the space of everything deleted since from being used again, so refresh it now
/// and then. After the index is closed every call but [#close] throws [IllegalStateException].
///
/// A value that cannot be understood is as good as none: it is left out, without a word.
public interface IndexReader extends AutoCloseable {

  /// Moves the view to now.
  void refresh() throws IndexException;

  /// What is recorded of a directory, or null. Not an [Optional], because it is asked for every
  /// directory of a run. One copy of the record; no other allocation of its size.
  @Nullable DirectoryRecord directory(long volume, long inode) throws IndexException;

  /// The object of the store that has this inode.
  Optional<ObjectEntry> object(long volume, long inode) throws IndexException;

  /// All objects of one light key on one volume, by inode.
  List<ObjectEntry> objectsOfKey(long volume, long key) throws IndexException;

  /// All objects, by volume and inode. `consumer` must not close the index.
  void forEachObject(Consumer<ObjectEntry> consumer) throws IndexException;

  /// The value that [IndexChanges#putMeta] gave `name`.
  Optional<byte[]> meta(String name) throws IndexException;

  @Override
  void close();
}
