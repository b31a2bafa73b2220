package dev.hashify.os;

import dev.hashify.file.Errno;

/// Read leases: the kernel's word that nobody has a file open for writing, and its warning when
/// somebody starts.
///
/// A read lease is granted only if there is no writable descriptor and no shared writable mapping
/// of the file; while it is held, an open for writing waits (up to `/proc/sys/fs/lease-break-time`,
/// 45 s) until the lease is given up. So hold leases for moments, and look at them before anything
/// irreversible.
public final class LeaseCalls {

  /// `F_SETLEASE` and `F_GETLEASE` (linux/fcntl.h).
  private static final int SET_LEASE = 1024;

  private static final int GET_LEASE = 1025;

  /// `F_RDLCK` and `F_UNLCK` (asm-generic/fcntl.h).
  private static final int READ = 0;

  private static final int NONE = 2;

  /// `SIGIO` (asm/signal.h, the same number on x86-64 and aarch64).
  private static final int SIGIO = 29;

  /// `SIG_IGN`.
  private static final long IGNORE = 1;

  private final Kernel kernel;
  private boolean signalIgnored;

  LeaseCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// The answer to the wish for a lease.
  public enum Grant {
    /// Nobody writes, and we will hear of anyone who starts.
    TAKEN,
    /// Somebody has the file open for writing or mapped so.
    HAS_WRITERS,
    /// This file system does not know leases.
    UNSUPPORTED,
    /// Only the owner and the privileged may lease a file.
    NOT_PERMITTED
  }

  /// Takes a read lease on an open file, or takes it anew, which asks again whether anyone writes.
  ///
  /// @throws ErrnoException for an errno that is none of the answers
  public Grant take(Descriptor file) throws ErrnoException {
    ignoreSignal();
    long result = kernel.raw(SystemCall.FCNTL, file.number(), SET_LEASE, READ, 0, 0);
    if (result >= 0) {
      return Grant.TAKEN;
    }
    Errno errno = Errno.of((int) -result);
    return switch (errno) {
      case EAGAIN -> Grant.HAS_WRITERS;
      case EACCES, EPERM -> Grant.NOT_PERMITTED;
      case EINVAL, EOPNOTSUPP, ENOSYS, ENOTTY -> Grant.UNSUPPORTED;
      // Errno is the kernel's list, not ours: what is not an answer is an error.
      default -> throw new ErrnoException(SystemCall.FCNTL, (int) -result);
    };
  }

  /// Whether the lease is held and nobody waits for its end.
  public boolean isUndisturbed(Descriptor file) throws ErrnoException {
    return kernel.check(SystemCall.FCNTL, file.number(), GET_LEASE, 0) == READ;
  }

  /// Gives the lease up; closing the descriptor does so too.
  public void giveUp(Descriptor file) throws ErrnoException {
    kernel.check(SystemCall.FCNTL, file.number(), SET_LEASE, NONE);
  }

  /// The kernel tells a lease holder of a waiting writer by SIGIO, whose default action ends the
  /// process: without this the first writer would kill the Java machine.
  private synchronized void ignoreSignal() throws ErrnoException {
    if (signalIgnored) {
      return;
    }
    Memory memory = Memory.ofThread();
    // struct kernel_sigaction: handler, flags, restorer (x86-64 only), mask; 8 bytes each.
    Memory.clear(memory.structure, 32);
    Memory.putLong(memory.structure, IGNORE);
    kernel.check(SystemCall.RT_SIGACTION, SIGIO, memory.structure, 0, 8, 0);
    signalIgnored = true;
  }
}
