package dev.hashify.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.stream.Stream;

/// System calls of the real kernel, through the C library's `syscall(2)`.
///
/// One function of one signature serves them all: linking a second signature costs milliseconds at
/// start-up, and the indirection costs nothing that could be measured (915 against 911 ns per
/// `statx`).
public final class NativeSystemCalls implements SystemCalls {

  /// What a thread's error number is captured in.
  static final MemoryLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();

  private static final long ERRNO_OFFSET =
      CAPTURE_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  /// A constant, because the compilers see through no other handle; looked up when first called.
  private static final class CLibrary {
    static final MethodHandle SYSCALL = link(Linker.Option.captureCallState("errno"));
    static final MethodHandle WITHOUT_ERRNO = link();

    private CLibrary() {}

    /// Has the class initialized.
    static void touch() {}
  }

  /// Binds the C library.
  ///
  /// @throws UnsupportedOperationException if this is not Linux on x86-64 or aarch64; the message
  ///   is a line for the user
  public NativeSystemCalls() {
    if (!SystemCall.isSupportedMachine()) {
      throw new UnsupportedOperationException(
          "this machine ("
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ") is not supported: Linux on x86-64 or aarch64 is needed");
    }
  }

  /// Binds the C library now rather than at the first call; nothing on machines it is not known of.
  public static void bind() {
    if (SystemCall.isSupportedMachine()) {
      CLibrary.touch();
    }
  }

  private static MethodHandle link(Linker.Option... more) {
    var linker = Linker.nativeLinker();
    var signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG);
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        signature,
        Stream.concat(Stream.of(Linker.Option.firstVariadicArg(1)), Stream.of(more))
            .toArray(Linker.Option[]::new));
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    long result;
    try {
      // Most calls of a run are these. One that fails is made again to learn why: it has changed
      // nothing. Capturing the error number of each took 130 of 965 ns.
      if (call == SystemCall.STATX) {
        result = (long) CLibrary.WITHOUT_ERRNO.invokeExact((long) call.number(), a, b, c, d, e, f);
        if (result >= 0) {
          return result;
        }
      }
      MemorySegment capture = Memory.ofThread().errno;
      result = (long) CLibrary.SYSCALL.invokeExact(capture, (long) call.number(), a, b, c, d, e, f);
      if (result == -1) {
        return -capture.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
      }
    } catch (Throwable impossible) {
      // A downcall of primitives has nothing to throw.
      throw new AssertionError(impossible);
    }
    return result;
  }
}
