package dev.hashify.testkit;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Removes trees whatever their names, depth and flags are.
final class TreeRemoval {

  private TreeRemoval() {}

  static void remove(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (var top = RealLinux.LINUX.open().directory(TreePath.of(root.toString()))) {
      empty(top);
    }
    Files.delete(root);
  }

  private static void empty(Descriptor directory) throws IOException {
    if (RealLinux.LINUX.attributes().flags(directory) != 0) {
      clearFlags(directory);
    }
    var listing = new DirectoryListing();
    RealLinux.LINUX.stat().list(directory, listing);
    for (int i = 0; i < listing.count(); i++) {
      byte[] name = listing.name(i);
      if (listing.isDirectory(i)) {
        try (var below = RealLinux.LINUX.open().subdirectory(directory, name)) {
          empty(below);
        }
        RealLinux.LINUX.names().removeDirectory(directory, name);
      } else {
        unlink(directory, name);
      }
    }
  }

  private static void unlink(Descriptor directory, byte[] name) throws IOException {
    try {
      RealLinux.LINUX.names().unlink(directory, name);
    } catch (ErrnoException e) {
      if (!e.is(Errno.EPERM)) {
        throw e;
      }
      try (var file = RealLinux.LINUX.open().file(directory, name)) {
        clearFlags(file);
      }
      RealLinux.LINUX.names().unlink(directory, name);
    }
  }

  private static void clearFlags(Descriptor file) throws ErrnoException {
    int flags = RealLinux.LINUX.attributes().flags(file);
    int locks = dev.hashify.os.InodeFlags.IMMUTABLE | dev.hashify.os.InodeFlags.APPEND;
    if ((flags & locks) != 0) {
      RealLinux.LINUX.attributes().setFlags(file, flags & ~locks);
    }
  }
}
