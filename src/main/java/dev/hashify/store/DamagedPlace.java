package dev.hashify.store;

import static dev.hashify.store.Layout.bytes;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import java.util.Arrays;

/// The directory for what is out of use; nothing there is ever removed by this program.
final class DamagedPlace {

  /// How many things of one name are kept apart.
  private static final int SAME_NAME_MAX = 1000;

  /// `NAME_MAX` (linux/limits.h).
  private static final int NAME_BYTES_MAX = 255;

  private final Store store;

  DamagedPlace(Store store) {
    this.store = store;
  }

  /// A name in a directory.
  record Entry(Descriptor directory, TreePath name) {}

  /// Moves `entry` here, never over anything, as `<kind>-<number>-<called>`.
  ///
  /// @return where it is now
  TreePath take(Entry entry, String kind, byte[] called) throws ErrnoException {
    byte[] name = entry.name().bytes();
    for (int i = 0; ; i++) {
      byte[] newName = join(bytes(kind + "-" + i + "-"), called);
      try {
        store.linux().names().renameNoReplace(entry.directory(), name, store.damaged(), newName);
        return store.damagedPath().child(newName);
      } catch (ErrnoException failed) {
        if (!failed.is(Errno.EEXIST) || i >= SAME_NAME_MAX) {
          throw failed;
        }
      }
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    int length = Math.min(first.length + second.length, NAME_BYTES_MAX);
    byte[] joined = Arrays.copyOf(first, length);
    System.arraycopy(second, 0, joined, first.length, length - first.length);
    return joined;
  }
}
