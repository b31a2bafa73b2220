package dev.hashify.testkit;

import dev.hashify.os.Descriptor;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The kernel itself, for fixtures and checks, with the few calls that only tests need.
public final class RealLinux {

  /// The product's calls over the real kernel.
  public static final Linux LINUX;

  private static final NativeSystemCalls CALLS = new NativeSystemCalls();

  static {
    LINUX = new Linux(CALLS);
  }

  private static final int PATH_BYTES = 4352;
  private static final int STATX_BYTES = 256;

  /// `AT_SYMLINK_NOFOLLOW` (linux/fcntl.h) and `STATX_ATIME` (linux/stat.h).
  private static final int NO_FOLLOW = 0x100;

  private static final int ATIME = 0x20;

  /// `O_WRONLY | O_NONBLOCK | O_CLOEXEC` (asm-generic/fcntl.h).
  private static final int WRITE_WITHOUT_WAITING = 1 | 04000 | 02000000;

  private RealLinux() {}

  /// What the symbolic link `name` of `directory` holds.
  public static byte[] readLink(Descriptor directory, byte[] name) throws IOException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(PATH_BYTES);
      long length =
          check(
              SystemCall.READLINKAT,
              number(directory),
              cString(arena, name),
              target.address(),
              PATH_BYTES,
              0);
      return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /// Makes `directory` the root directory of this process; classes must be loaded from what is
  /// open.
  public static void changeRoot(String directory) throws IOException {
    var linker = java.lang.foreign.Linker.nativeLinker();
    var chroot =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("chroot"),
            java.lang.foreign.FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try (var arena = Arena.ofConfined()) {
      int result = (int) chroot.invokeExact(arena.allocateFrom(directory));
      if (result != 0) {
        throw new IOException("chroot " + directory + " failed");
      }
    } catch (IOException | RuntimeException | Error failed) {
      throw failed;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// The access time of `name` of `directory` in nanoseconds since 1970.
  public static long accessedNanos(Descriptor directory, byte[] name) throws IOException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment statx = arena.allocate(STATX_BYTES, 8);
      check(
          SystemCall.STATX,
          number(directory),
          cString(arena, name),
          NO_FOLLOW,
          ATIME,
          statx.address());
      long seconds = statx.get(ValueLayout.JAVA_LONG, 64);
      return seconds * 1_000_000_000L + statx.get(ValueLayout.JAVA_INT, 72);
    }
  }

  /// How [#write] begins.
  public enum Writing {
    OVERWRITE,
    TRUNCATE
  }

  /// Writes to `name` of `directory` as a program would that does not wait for leases.
  ///
  /// @return whether it was written; `false` if somebody held a lease, who has been told, or the
  ///   file may not be written or is not there
  public static boolean write(Descriptor directory, byte[] name, byte[] content, Writing writing)
      throws IOException {
    try (var arena = Arena.ofConfined()) {
      long open =
          CALLS.call(
              SystemCall.OPENAT,
              number(directory),
              cString(arena, name),
              WRITE_WITHOUT_WAITING,
              0,
              0,
              0);
      if (open < 0) {
        return false;
      }
      try {
        if (writing == Writing.TRUNCATE) {
          check(SystemCall.FTRUNCATE, open, 0, 0, 0, 0);
        }
        MemorySegment bytes = arena.allocate(content.length + 1L);
        MemorySegment.copy(content, 0, bytes, ValueLayout.JAVA_BYTE, 0, content.length);
        check(SystemCall.PWRITE64, open, bytes.address(), content.length, 0, 0);
      } finally {
        check(SystemCall.CLOSE, open, 0, 0, 0, 0);
      }
      return true;
    }
  }

  private static long cString(Arena arena, byte[] name) {
    MemorySegment text = arena.allocate(name.length + 1L);
    MemorySegment.copy(name, 0, text, ValueLayout.JAVA_BYTE, 0, name.length);
    return text.address();
  }

  private static int number(Descriptor descriptor) {
    String link = descriptor.procPath();
    return Integer.parseInt(link.substring(link.lastIndexOf('/') + 1));
  }

  private static long check(SystemCall call, long a, long b, long c, long d, long e)
      throws IOException {
    long result = CALLS.call(call, a, b, c, d, e, 0);
    if (result < 0) {
      throw new IOException(call.manualName() + ": error " + -result);
    }
    return result;
  }
}
