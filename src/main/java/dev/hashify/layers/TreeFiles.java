package dev.hashify.layers;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looking at files by their paths on the host: an engine's own, which only its administrator can
/// change.
final class TreeFiles {

  /// A list of a hundred thousand layers is smaller.
  private static final int FILE_BYTES_MAX = 64 << 20;

  private final Linux linux;

  TreeFiles(Linux linux) {
    this.linux = linux;
  }

  /// Whether there is such a directory.
  boolean isDirectory(TreePath path) {
    try (var _ = linux.open().directory(path)) {
      return true;
    } catch (ErrnoException _) {
      return false;
    }
  }

  /// Whether there is such a regular file.
  boolean isFile(TreePath path) {
    try (var directory = linux.open().directory(path.parent())) {
      return linux.stat().of(directory, path.name()).isRegular();
    } catch (ErrnoException _) {
      return false;
    }
  }

  /// The content of a file; empty if there is none.
  ///
  /// @throws ErrnoException if there is one that cannot be read
  Optional<byte[]> content(TreePath path) throws ErrnoException {
    try (var directory = linux.open().directory(path.parent());
        var file = linux.open().file(directory, path.name())) {
      return Optional.of(linux.content().readAll(file, FILE_BYTES_MAX));
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  /// The single line of a small file; empty if there is none.
  Optional<String> line(TreePath path) throws ErrnoException {
    return content(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
  }

  /// The names of a directory's entries; none if there is no such directory.
  List<TreePath> names(TreePath path) throws ErrnoException {
    var listing = new DirectoryListing();
    try (var directory = linux.open().directory(path)) {
      linux.stat().list(directory, listing);
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT) || failed.is(Errno.ENOTDIR)) {
        return List.of();
      }
      throw failed;
    }
    List<TreePath> names = new ArrayList<>();
    for (int i = 0; i < listing.count(); i++) {
      names.add(TreePath.of(listing.name(i)));
    }
    return names;
  }
}
