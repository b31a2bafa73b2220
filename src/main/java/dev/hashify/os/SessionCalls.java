package dev.hashify.os;

/// What a process that is to outlive its parent's terminal asks for.
public final class SessionCalls {

  /// `SIG_IGN`.
  private static final long IGNORE = 1;

  private final Kernel kernel;

  SessionCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Leaves the session and the process group of the parent: signals of its terminal, the one that
  /// stops programs among them, do not reach us any more.
  ///
  /// @throws ErrnoException EPERM if this process leads a group, as one started by a shell does
  public void leave() throws ErrnoException {
    kernel.check(SystemCall.SETSID, 0, 0, 0);
  }

  /// Ignores a signal from now on, whatever the Java machine would do about it.
  public void ignore(int signal) throws ErrnoException {
    Memory memory = Memory.ofThread();
    // struct kernel_sigaction: handler, flags, restorer (x86-64 only), mask; 8 bytes each.
    Memory.clear(memory.structure, 32);
    Memory.putLong(memory.structure, IGNORE);
    kernel.check(SystemCall.RT_SIGACTION, signal, memory.structure, 0, 8, 0);
  }
}
