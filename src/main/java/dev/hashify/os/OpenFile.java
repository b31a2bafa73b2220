package dev.hashify.os;

import dev.hashify.file.FileStat;

/// A regular file, opened for reading, with the stat it had right after.
///
/// @param descriptor owned: closing this closes it
/// @param stat of the open file itself, not of a name
public record OpenFile(Descriptor descriptor, FileStat stat) implements AutoCloseable {

  /// The size when it was opened.
  public long sizeBytes() {
    return stat.sizeBytes();
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
