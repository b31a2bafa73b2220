package dev.hashify.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

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
    static final MethodHandle SYSCALL = link();

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

  private static MethodHandle link() {
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
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    MemorySegment capture = Memory.ofThread().errno;
    long result;
    try {
      result = (long) CLibrary.SYSCALL.invokeExact(capture, (long) call.number(), a, b, c, d, e, f);
    } catch (Throwable impossible) {
      // A downcall of primitives has nothing to throw.
      throw new AssertionError(impossible);
    }
    return result == -1 ? -capture.get(ValueLayout.JAVA_INT, ERRNO_OFFSET) : result;
  }
}
