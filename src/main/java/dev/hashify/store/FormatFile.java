package dev.hashify.store;

import static dev.hashify.store.Layout.bytes;

import dev.hashify.file.Errno;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;

/// Writing the `format` file so that it is whole at any moment.
final class FormatFile {

  private final Linux linux;
  private final Descriptor store;

  FormatFile(Linux linux, Descriptor store) {
    this.linux = linux;
    this.store = store;
  }

  void write(StoreFormat format) throws ErrnoException {
    byte[] next = bytes(Layout.FORMAT_NEW);
    removeLeftover(next);
    try (var file = linux.open().create(store, next, Layout.FILE_MODE)) {
      linux.content().writeAll(file, format.fileContent(), 0);
      linux.content().sync(file);
    }
    linux.names().renameReplacing(store, next, store, bytes(Layout.FORMAT));
    linux.content().sync(store);
  }

  private void removeLeftover(byte[] next) throws ErrnoException {
    try {
      linux.names().unlink(store, next);
    } catch (ErrnoException failed) {
      if (!failed.is(Errno.ENOENT)) {
        throw failed;
      }
    }
  }
}
