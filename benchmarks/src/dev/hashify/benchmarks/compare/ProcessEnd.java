package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The three system calls by which a process sees another one end and learns what it used.
///
/// The library's own [Process] reaps a child and drops what the kernel booked for it. A child that
/// the library does not know of can be waited for here: one whose own parent has ended, which the
/// kernel hands to the nearest ancestor that asked for orphans.
final class ProcessEnd {

  /// What the kernel booked. Times in seconds, memory in KiB as `getrusage(2)` has it.
  record Usage(int exitCode, double cpuSeconds, long peakMemoryKiB) {}

  /// `PR_SET_CHILD_SUBREAPER`, linux/prctl.h.
  private static final int TAKE_ORPHANS = 36;

  /// `P_PID`, `WEXITED` and `WNOWAIT`, linux/wait.h.
  private static final int BY_PID = 1;

  private static final int ENDED = 4;
  private static final int LEAVE_IT = 0x0100_0000;

  /// `EINTR`, asm-generic/errno-base.h.
  private static final int INTERRUPTED = 4;

  /// `siginfo_t` is padded to this, whatever is in it.
  private static final long SIGINFO_BYTES = 128;

  /// `struct rusage`: two `struct timeval` and fourteen `long`, on every 64-bit Linux.
  private static final long USAGE_LONGS = 18;

  private static final int PEAK_MEMORY_AT = 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle PRCTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("prctl"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle WAITID =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("waitid"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle WAIT4 =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("wait4"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS));

  private ProcessEnd() {}

  /// From now on, whatever loses its parent below this process becomes its child.
  static void takeOrphans() throws IOException {
    if (prctl(TAKE_ORPHANS, 1) != 0) {
      throw new IOException("the kernel does not hand over orphans (PR_SET_CHILD_SUBREAPER)");
    }
  }

  /// Waits until the child `pid` has ended and leaves it as it is, so that `/proc` still knows it.
  static void await(int pid) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ended = arena.allocate(SIGINFO_BYTES, Long.BYTES);
      MemorySegment state = arena.allocate(STATE);
      while (waitid(state, pid, ended) != 0) {
        int errno = (int) ERRNO.get(state, 0L);
        if (errno != INTERRUPTED) {
          throw new IOException("process " + pid + " cannot be waited for: errno " + errno);
        }
      }
    }
  }

  /// Takes the ended child `pid` off the kernel's table.
  static Usage reap(int pid) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment usage = arena.allocate(ValueLayout.JAVA_LONG, USAGE_LONGS);
      if (wait4(pid, status, usage) != pid) {
        throw new IOException("process " + pid + " was reaped by somebody else");
      }
      double seconds =
          number(usage, 0) + number(usage, 2) + (number(usage, 1) + number(usage, 3)) / 1e6;
      int code = status.get(ValueLayout.JAVA_INT, 0);
      int signal = code & 0x7f;
      return new Usage(
          signal == 0 ? code >> 8 & 0xff : 128 + signal, seconds, number(usage, PEAK_MEMORY_AT));
    }
  }

  private static long number(MemorySegment usage, int index) {
    return usage.getAtIndex(ValueLayout.JAVA_LONG, index);
  }

  private static int prctl(int option, long value) {
    try {
      return (int) PRCTL.invokeExact(option, value);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static int waitid(MemorySegment state, int pid, MemorySegment ended) {
    try {
      return (int) WAITID.invokeExact(state, BY_PID, pid, ended, ENDED | LEAVE_IT);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static int wait4(int pid, MemorySegment status, MemorySegment usage) {
    try {
      return (int) WAIT4.invokeExact(pid, status, 0, usage);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
