package dev.hashify.os;

/// How urgent the kernel takes the reading and writing of a thread to be.
public final class PriorityCalls {

  /// `IOPRIO_WHO_PROCESS` (linux/ioprio.h): a thread, and with number 0 the calling one.
  private static final int WHO_THREAD = 1;

  /// `IOPRIO_PRIO_VALUE(IOPRIO_CLASS_IDLE, 0)` (linux/ioprio.h).
  private static final int IDLE = 3 << 13;

  private final Kernel kernel;

  PriorityCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Has the calling thread, and those it starts from now on, read and write only when nobody else
  /// wants to. Schedulers that know no priorities take no notice.
  ///
  /// @return what it was before, for [#set]
  public int setIdle() throws ErrnoException {
    int before = (int) kernel.check(SystemCall.IOPRIO_GET, WHO_THREAD, 0, 0);
    set(IDLE);
    return before;
  }

  /// Sets the calling thread's priority to what [#setIdle] returned.
  public void set(int priority) throws ErrnoException {
    kernel.check(SystemCall.IOPRIO_SET, WHO_THREAD, 0, priority);
  }
}
