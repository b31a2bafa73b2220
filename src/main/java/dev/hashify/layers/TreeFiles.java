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
public final class TreeFiles {

  /// A list of a hundred thousand layers is smaller.
  private static final int FILE_BYTES_MAX = 64 << 20;

  /// No configuration that people write comes near.
  private static final int CONFIGURATION_BYTES_MAX = 4 << 20;

  private final Linux linux;

  public TreeFiles(Linux linux) {
    this.linux = linux;
  }

  /// Whether there is such a directory.
  public boolean isDirectory(TreePath path) {
    try (var _ = linux.open().directory(path)) {
      return true;
    } catch (ErrnoException _) {
      return false;
    }
  }

  /// Whether there is such a regular file.
  public boolean isFile(TreePath path) {
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

  /// The content of a file that an administrator wrote, which may be a symbolic link to one; empty
  /// if there is none.
  ///
  /// @throws ErrnoException if there is one that cannot be read
  public Optional<byte[]> configuration(TreePath path) throws ErrnoException {
    try (var file = linux.open().hostFile(path)) {
      return Optional.of(linux.content().readAll(file, CONFIGURATION_BYTES_MAX));
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT) || failed.is(Errno.ENOTDIR)) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  /// The path without symbolic links of a directory; empty if it cannot be opened.
  public Optional<TreePath> realDirectory(TreePath path) {
    try (var directory = linux.open().directory(path)) {
      return Optional.of(linux.open().realPath(directory));
    } catch (ErrnoException _) {
      return Optional.empty();
    }
  }

  /// The single line of a small file; empty if there is none.
  Optional<String> line(TreePath path) throws ErrnoException {
    return content(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
  }

  /// The names of a directory's entries; none if there is no such directory.
  public List<TreePath> names(TreePath path) throws ErrnoException {
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
