package dev.hashify.store;

import static dev.hashify.store.Layout.bytes;

import dev.hashify.file.Errno;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The 256 directories of `objects`, each opened once and kept open; safe for many threads.
final class Shards implements AutoCloseable {

  private static final int COUNT = 256;
  private static final int HEX = 16;

  private final Linux linux;
  private final Descriptor objects;
  private final @Nullable Descriptor[] open = new Descriptor[COUNT];

  /// @param objects owned
  Shards(Linux linux, Descriptor objects) {
    this.linux = linux;
    this.objects = objects;
  }

  /// The shard of `name`, if anything was ever put there.
  Optional<Descriptor> existing(ObjectName name) throws ErrnoException {
    try {
      return Optional.of(opened(name.shard()));
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  /// The shard of `name`, made if need be.
  Descriptor made(ObjectName name) throws ErrnoException {
    Optional<Descriptor> there = existing(name);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      linux.names().makeDirectory(objects, bytes(name.shard()), Layout.DIRECTORY_MODE);
    } catch (ErrnoException failed) {
      // Another thread was first.
      if (!failed.is(Errno.EEXIST)) {
        throw failed;
      }
    }
    return opened(name.shard());
  }

  private synchronized Descriptor opened(String shard) throws ErrnoException {
    int at = Integer.parseInt(shard, HEX);
    Descriptor known = open[at];
    if (known != null) {
      return known;
    }
    Descriptor fresh = linux.open().subdirectory(objects, bytes(shard));
    open[at] = fresh;
    return fresh;
  }

  /// A descriptor of its own for listing, because a directory's position belongs to the open
  /// directory.
  Descriptor forListing(String shard) throws ErrnoException {
    return linux.open().subdirectory(objects, bytes(shard));
  }

  @Override
  public synchronized void close() {
    for (int i = 0; i < COUNT; i++) {
      Descriptor shard = open[i];
      if (shard != null) {
        shard.close();
        open[i] = null;
      }
    }
    objects.close();
  }
}
