package dev.hashify.engine;

import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import java.nio.ByteBuffer;

/// How often an index was told of objects it may not have known: a number that only grows, written
/// together with the objects, so that no kill comes between them.
///
/// Several jobs may use one store. By this number one of them sees that another has adopted objects
/// since, to which its own files without partner may be equal ([SettledRoots]).
final class Adoptions {

  private static final String NAME = "adoptions";

  private Adoptions() {}

  /// The number now; 0 if no object was ever adopted.
  static long read(IndexReader reader) throws IndexException {
    return reader
        .meta(NAME)
        .filter(value -> value.length == Long.BYTES)
        .map(value -> ByteBuffer.wrap(value).getLong())
        .orElse(0L);
  }

  /// Counts one more telling among what is to be written.
  ///
  /// @param reader one that sees what was written last
  static void note(IndexReader reader, IndexChanges changes) throws IndexException {
    changes.putMeta(NAME, ByteBuffer.allocate(Long.BYTES).putLong(read(reader) + 1).array());
  }
}
