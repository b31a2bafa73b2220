package dev.hashify.engine;

import dev.hashify.link.BatchException;
import dev.hashify.link.ShareGroup;

/// Where groups of equal files go: to be shared, or to be counted.
interface ShareSink extends AutoCloseable {

  /// Told before so much content is read: what waits is done first if that takes long.
  void beforeReading(long bytesToRead) throws BatchException;

  /// Takes a group over, with its open files.
  void share(ShareGroup group) throws BatchException;

  /// Does what has been taken over. Until then its files are open and leased.
  void flush() throws BatchException;

  /// The same, and the index is told of all objects there are now.
  void settle() throws BatchException;

  @Override
  void close();
}
