package dev.hashify.testkit;

import dev.hashify.file.Errno;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// fs-verity as far as a program that seals files sees it, on a kernel that has none: which files
/// are sealed, and the refusal to seal what is open for writing.
///
/// Played are sealing, which moves the modification time as on ext4, the question for a digest, the
/// bit in stat and flags, and that a sealed file cannot be truncated. Not played is what else the
/// kernel does to others: a sealed file can still be written here. What was sealed stays so for all
/// runs of the JVM; a file is known by device, inode and time of birth.
public final class PlayedVerity implements SystemCalls {

  /// As in `linux/fsverity.h` and `linux/fs.h`.
  private static final long ENABLE = 0x4080_6685L;

  private static final long MEASURE = 0xc004_6686L;
  private static final long GET_FLAGS = 0x8008_6601L;

  /// `STATX_BTIME` and `STATX_ATTR_VERITY` of linux/stat.h.
  private static final long BIRTH = 0x800;

  private static final long VERITY = 0x10_0000;

  /// `F_SETLEASE` with `F_RDLCK`: granted only if nobody has the file open for writing.
  private static final int SET_LEASE = 1024;

  /// `UTIME_NOW` and `UTIME_OMIT` of linux/stat.h.
  private static final long TIME_NOW = (1L << 30) - 1;

  private static final long TIME_OMITTED = (1L << 30) - 2;

  private static final String LINKS = "/proc/self/fd/";
  private static final int PATH_MAX = 4096;

  private static final Set<Key> SEALED = ConcurrentHashMap.newKeySet();

  /// For what the play itself has to know: never failed, never counted.
  private static final SystemCalls KERNEL = new NativeSystemCalls();

  private final SystemCalls real;
  private final AtomicInteger busyLeft = new AtomicInteger();

  private record Key(long device, long inode, long bornSeconds, int bornNanos) {}

  public PlayedVerity(SystemCalls real) {
    this.real = real;
  }

  /// Somebody has each file that has a name open for writing at the next `times` tries to seal one.
  public PlayedVerity busy(int times) {
    busyLeft.set(times);
    return this;
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    if (call == SystemCall.IOCTL && b == ENABLE) {
      long result = real.call(call, a, b, c, d, e, f);
      return isUnknown(result) ? seal(a) : result;
    }
    if (call == SystemCall.IOCTL && b == MEASURE) {
      long result = real.call(call, a, b, c, d, e, f);
      return !isUnknown(result) || isSealed(a) ? Math.max(0, result) : -Errno.ENODATA.number();
    }
    if (call == SystemCall.TRUNCATE && linkedDescriptor(a) >= 0 && isSealed(linkedDescriptor(a))) {
      return -Errno.EPERM.number();
    }
    if (call == SystemCall.STATX) {
      long result = real.call(call, a, b, c, d | BIRTH, e, f);
      if (result >= 0 && SEALED.contains(key(at(e, 256)))) {
        at(e, 256).set(ValueLayout.JAVA_LONG, 8, at(e, 256).get(ValueLayout.JAVA_LONG, 8) | VERITY);
      }
      return result;
    }
    long result = real.call(call, a, b, c, d, e, f);
    if (call == SystemCall.IOCTL && b == GET_FLAGS && result >= 0 && isSealed(a)) {
      MemorySegment flags = at(c, 4);
      flags.set(ValueLayout.JAVA_INT, 0, flags.get(ValueLayout.JAVA_INT, 0) | InodeFlags.VERITY);
    }
    return result;
  }

  /// What a file system without fs-verity says.
  private static boolean isUnknown(long result) {
    return result == -Errno.EOPNOTSUPP.number() || result == -Errno.ENOTTY.number();
  }

  private long seal(long descriptor) {
    if (isSealed(descriptor)) {
      return -Errno.EEXIST.number();
    }
    if (hasName(descriptor) && busyLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return -Errno.ETXTBSY.number();
    }
    // The kernel refuses what is open for writing as it refuses a lease on it.
    long lease = KERNEL.call(SystemCall.FCNTL, descriptor, SET_LEASE, 0, 0, 0, 0);
    if (lease == -Errno.EAGAIN.number()) {
      return -Errno.ETXTBSY.number();
    }
    SEALED.add(key(descriptor));
    moveTime(descriptor);
    return 0;
  }

  private static void moveTime(long descriptor) {
    try (var arena = Arena.ofConfined()) {
      // Two struct timespec, of access and modification.
      MemorySegment times = arena.allocate(32, 8);
      times.set(ValueLayout.JAVA_LONG, 8, TIME_OMITTED);
      times.set(ValueLayout.JAVA_LONG, 24, TIME_NOW);
      KERNEL.call(SystemCall.UTIMENSAT, descriptor, 0, times.address(), 0, 0, 0);
    }
  }

  /// The descriptor behind a path such as `/proc/self/fd/7`; -1 for another path.
  private static long linkedDescriptor(long path) {
    String text = at(path, PATH_MAX).getString(0);
    return text.startsWith(LINKS) ? Long.parseLong(text.substring(LINKS.length())) : -1;
  }

  private boolean isSealed(long descriptor) {
    return SEALED.contains(key(descriptor));
  }

  private static boolean hasName(long descriptor) {
    try (var arena = Arena.ofConfined()) {
      return stat(arena, descriptor).get(ValueLayout.JAVA_INT, 16) > 0;
    }
  }

  private static Key key(long descriptor) {
    try (var arena = Arena.ofConfined()) {
      return key(stat(arena, descriptor));
    }
  }

  private static MemorySegment stat(Arena arena, long descriptor) {
    MemorySegment statx = arena.allocate(256, 8);
    long name = arena.allocate(1).address();
    // AT_EMPTY_PATH of linux/fcntl.h.
    long result =
        KERNEL.call(SystemCall.STATX, descriptor, name, 0x1000, 0x7ff | BIRTH, statx.address(), 0);
    if (result < 0) {
      throw new AssertionError("statx: error " + -result);
    }
    return statx;
  }

  private static Key key(MemorySegment statx) {
    long device =
        ((long) statx.get(ValueLayout.JAVA_INT, 136) << 32) | statx.get(ValueLayout.JAVA_INT, 140);
    return new Key(
        device,
        statx.get(ValueLayout.JAVA_LONG, 32),
        statx.get(ValueLayout.JAVA_LONG, 80),
        statx.get(ValueLayout.JAVA_INT, 88));
  }

  private static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }
}
