package dev.hashify.os;

import dev.hashify.file.Errno;

/// Locks of whole files that belong to the open file (`F_OFD_*`): they end with the process that
/// holds them, however it ends, and work between threads of one process too.
public final class LockCalls {

  /// `F_OFD_SETLK` (asm-generic/fcntl.h).
  private static final int SET_LOCK = 37;

  private final Kernel kernel;

  LockCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Whether others may hold the lock at the same time.
  public enum Sharing {
    SHARED(0),
    EXCLUSIVE(1);

    /// `F_RDLCK`, `F_WRLCK`.
    private final int type;

    Sharing(int type) {
      this.type = type;
    }
  }

  /// Takes the lock if nobody is in the way.
  ///
  /// @return whether it is held now
  public boolean tryLock(Descriptor file, Sharing sharing) throws ErrnoException {
    Memory memory = Memory.ofThread();
    long at = memory.structure;
    // struct flock: l_type s16, l_whence s16, l_start s64 at 8, l_len s64 at 16, l_pid s32 at 24.
    Memory.clear(at, 32);
    Memory.putShort(at, (short) sharing.type);
    long result = kernel.raw(SystemCall.FCNTL, file.number(), SET_LOCK, at, 0, 0);
    if (result == -Errno.EAGAIN.number() || result == -Errno.EACCES.number()) {
      return false;
    }
    if (result < 0) {
      throw new ErrnoException(SystemCall.FCNTL, (int) -result);
    }
    return true;
  }
}
