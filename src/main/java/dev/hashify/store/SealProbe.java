package dev.hashify.store;

import dev.hashify.file.Errno;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.Optional;

/// Whether files of a file system can really be sealed, found out on a file without a name.
///
/// Taking a seal is not enough: Btrfs takes it and refuses writes, but lets a sealed file be
/// truncated (Linux 6.1, measured), and then nobody can read it any more. So that is tried too.
public final class SealProbe {

  /// The objection where nothing can be sealed, with what to do.
  public static final String UNKNOWN =
      "this file system has no fs-verity (ext4: tune2fs -O verity; f2fs: made with it; Btrfs: a"
          + " kernel built with it); choose another guard";

  /// More than one block, so that there is something to make a tree of.
  private static final byte[] CONTENT = new byte[3 * 4096 + 1];

  private final Linux linux;

  public SealProbe(Linux linux) {
    this.linux = linux;
  }

  /// Why no file on the file system of `directory` can be sealed, if so. Leaves nothing behind.
  public Optional<String> objection(Descriptor directory) {
    try (var file = written(directory)) {
      linux.verity().seal(file);
      return tryTruncating(file);
    } catch (ErrnoException failed) {
      boolean isUnknown =
          failed.is(Errno.EOPNOTSUPP) || failed.is(Errno.ENOTTY) || failed.is(Errno.ENOSYS);
      return Optional.of(isUnknown ? UNKNOWN : failed.why());
    }
  }

  private Optional<String> tryTruncating(Descriptor sealed) throws ErrnoException {
    try {
      linux.content().truncateAgain(sealed, 1);
    } catch (ErrnoException failed) {
      if (failed.is(Errno.EPERM)) {
        return Optional.empty();
      }
      throw failed;
    }
    return Optional.of("this kernel lets sealed files of this file system be truncated");
  }

  /// Sealing needs a descriptor that reads, and nobody who can write.
  private Descriptor written(Descriptor directory) throws ErrnoException {
    try (var writing = linux.open().createUnnamed(directory, Layout.FILE_MODE)) {
      linux.content().writeAll(writing, CONTENT, 0);
      return linux.open().reopenForReading(writing);
    }
  }
}
