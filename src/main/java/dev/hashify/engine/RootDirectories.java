package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Finds the roots in a directory that holds one directory per container.
public final class RootDirectories {

  /// The directory of fsck(8) at the top of a file system.
  private static final byte[] LOST_AND_FOUND = "lost+found".getBytes(StandardCharsets.US_ASCII);

  private RootDirectories() {}

  /// The directories in `parent` in the order of their bytes; symbolic links, `lost+found` and
  /// names that begin with a dot, such as a store's, are left out.
  ///
  /// @throws IOException if `parent` cannot be listed; the message is the cause without the path
  /// @throws UnsupportedOperationException if this machine is not supported
  public static List<TreePath> in(TreePath parent) throws IOException {
    return in(new Linux(new NativeSystemCalls()), parent);
  }

  static List<TreePath> in(Linux linux, TreePath parent) throws IOException {
    var listing = new DirectoryListing();
    List<TreePath> roots = new ArrayList<>();
    try (Descriptor directory = linux.open().directory(parent)) {
      linux.stat().list(directory, listing);
      for (int i = 0; i < listing.count(); i++) {
        byte[] name = listing.name(i);
        boolean isMeant = name[0] != '.' && !Arrays.equals(name, LOST_AND_FOUND);
        if (isMeant && isDirectory(linux, directory, listing, i)) {
          roots.add(parent.child(name));
        }
      }
    } catch (ErrnoException failure) {
      throw new IOException(failure.why(), failure);
    }
    Collections.sort(roots);
    return roots;
  }

  /// Some file systems do not say in the directory what an entry is.
  private static boolean isDirectory(
      Linux linux, Descriptor directory, DirectoryListing listing, int at) throws ErrnoException {
    if (listing.mode(at) != 0) {
      return listing.isDirectory(at);
    }
    return FileMode.isDirectory(linux.stat().of(directory, listing.name(at)).mode());
  }
}
