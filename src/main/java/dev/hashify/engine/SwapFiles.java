package dev.hashify.engine;

import dev.hashify.file.FileId;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.SwapList;
import java.util.HashSet;
import java.util.Set;

/// The files the system swaps to: writing and replacing them is forbidden while it does.
final class SwapFiles {

  private SwapFiles() {}

  /// The swap files in use now; those that cannot be looked at are left out.
  static Set<FileId> read(Linux linux) {
    Set<FileId> files = new HashSet<>();
    for (TreePath path : SwapList.read()) {
      try (var directory = linux.open().directory(path.parent())) {
        files.add(linux.stat().of(directory, path.name()).id());
      } catch (ErrnoException _) {
        // A partition, or a path of another mount namespace.
      }
    }
    return files;
  }
}
