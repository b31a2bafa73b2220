package dev.hashify.os;

import dev.hashify.file.Errno;

/// fs-verity (Documentation/filesystems/fsverity.rst): sealing the content of a file.
///
/// A sealed file cannot be written or truncated by anybody, and what is read of it is checked
/// against its digest; owner, mode, times, extended attributes and names change as ever. There is
/// no call that takes a seal off.
public final class VerityCalls {

  /// `_IOW('f', 133, struct fsverity_enable_arg)` of linux/fsverity.h.
  private static final long ENABLE = 0x4080_6685L;

  private static final int ENABLE_BYTES = 128;

  /// `_IOWR('f', 134, struct fsverity_digest)` of linux/fsverity.h; the structure is followed by
  /// the digest.
  private static final long MEASURE = 0xc004_6686L;

  private static final int DIGEST_BYTES_MAX = 64;

  /// The first version of the argument, and `FS_VERITY_HASH_ALG_SHA256`.
  private static final int VERSION = 1;

  private static final int SHA_256 = 1;

  /// Every kernel with fs-verity has blocks of this size; smaller ones came with Linux 6.3, and not
  /// on every file system.
  private static final int BLOCK_BYTES = 4096;

  private final Kernel kernel;

  VerityCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Seals a file that was opened for reading; nothing happens if it is sealed.
  ///
  /// Reads the whole file once. While that goes on nobody can open it for writing, and it fails
  /// with nothing changed if somebody has done so before.
  ///
  /// @throws ErrnoException ETXTBSY if somebody has it open for writing; EOPNOTSUPP or ENOTTY if
  ///   this kernel or file system has no fs-verity; EPERM if it is immutable; EACCES if the caller
  ///   may not write to it
  public void seal(Descriptor file) throws ErrnoException {
    Memory memory = Memory.ofThread();
    long at = memory.structure;
    Memory.clear(at, ENABLE_BYTES);
    Memory.putInt(at, VERSION);
    Memory.putInt(at + 4, SHA_256);
    Memory.putInt(at + 8, BLOCK_BYTES);
    long result = kernel.raw(SystemCall.IOCTL, file.number(), ENABLE, at, 0, 0);
    if (result < 0 && result != -Errno.EEXIST.number()) {
      throw new ErrnoException(SystemCall.IOCTL, (int) -result);
    }
  }

  /// Whether the file system of `any` has fs-verity, asked without writing anything: a file without
  /// a seal has no digest (ENODATA), and a file system without seals does not know the question.
  public boolean isKnown(Descriptor any) {
    Memory memory = Memory.ofThread();
    long at = memory.structure;
    Memory.clear(at, 4 + DIGEST_BYTES_MAX);
    Memory.putShort(at + 2, (short) DIGEST_BYTES_MAX);
    long result = kernel.raw(SystemCall.IOCTL, any.number(), MEASURE, at, 0, 0);
    return result >= 0 || result == -Errno.ENODATA.number();
  }
}
