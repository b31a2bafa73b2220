package dev.hashify.engine;

import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.select.RuleSet;

/// A root that could be opened.
///
/// @param number its place among the roots of the run, from 0
/// @param given the path as the user named it
/// @param path the real path, absolute and without symbolic links
/// @param descriptor open; closed with the run
/// @param stat of the directory
/// @param volume the number of its file system, see [dev.hashify.os.VolumeCalls.Volume]
/// @param rules which of its files are candidates
record OpenRoot(
    int number,
    TreePath given,
    TreePath path,
    Descriptor descriptor,
    FileStat stat,
    long volume,
    RuleSet rules)
    implements AutoCloseable {

  /// An open directory is nothing but itself.
  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
