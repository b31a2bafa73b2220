package dev.hashify.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Memory outside the heap, by address, and each thread's reused scratch area.
///
/// All structures of the kernel used here have native byte order and natural alignment.
final class Memory {

  /// All of memory as one segment, so that a structure is read by its address without a new object.
  private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final VarHandle LONG_OF_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Of threads that are not a [LinuxThread].
  private static final ThreadLocal<Memory> OF_THREAD = ThreadLocal.withInitial(Memory::new);

  /// PATH_MAX (linux/limits.h) with its NUL, rounded up.
  static final int PATH_BYTES = 4352;

  /// One `getdents64` buffer; 64 KiB hold some 2,000 entries, more did not make listing faster.
  static final int LIST_BYTES = 64 * 1024;

  /// How many stats are asked for before the answers are taken over: one bit of a `long` for each.
  static final int STATS = Long.SIZE;

  /// `sizeof(struct statx)` of linux/stat.h, and the same in words of 64 bits.
  static final int STAT_BYTES = 256;

  static final int STAT_WORDS = STAT_BYTES / Long.BYTES;

  /// `XATTR_SIZE_MAX` and `XATTR_LIST_MAX` (linux/limits.h): the most a value or a list can take.
  static final int XATTR_BYTES = 64 * 1024;

  /// Where the error number of a call is captured, see [NativeSystemCalls].
  final MemorySegment errno;

  private final MemorySegment arena;
  final long firstPath;
  final long secondPath;
  final long structure;
  final long list;
  final long stats;

  /// What lies at [#list] and at [#stats], copied in one go: reading memory outside the heap piece
  /// by piece costs several times as much before the optimizing compiler has come to it, which is
  /// most of a run.
  final byte[] listCopy = new byte[LIST_BYTES];

  final long[] statWords = new long[STATS * STAT_WORDS];
  private @Nullable MemorySegment xattrs;

  Memory() {
    errno = Arena.ofAuto().allocate(NativeSystemCalls.CAPTURE_LAYOUT);
    arena = Arena.ofAuto().allocate(2L * PATH_BYTES + 512 + LIST_BYTES + STATS * STAT_BYTES, 64);
    firstPath = arena.address();
    secondPath = firstPath + PATH_BYTES;
    structure = secondPath + PATH_BYTES;
    list = structure + 512;
    stats = list + LIST_BYTES;
  }

  /// The calling thread's scratch area. Its contents last until the thread's next call into this
  /// package.
  static Memory ofThread() {
    return Thread.currentThread() instanceof LinuxThread thread ? thread.memory() : OF_THREAD.get();
  }

  /// Where extended attributes are read; made on first use, few threads ever need it.
  long xattrList() {
    MemorySegment segment = xattrs;
    if (segment == null) {
      segment = Arena.ofAuto().allocate(2L * XATTR_BYTES, 64);
      xattrs = segment;
    }
    return segment.address();
  }

  long xattrValue() {
    return xattrList() + XATTR_BYTES;
  }

  static byte getByte(long address) {
    return EVERYTHING.get(ValueLayout.JAVA_BYTE, address);
  }

  static short getShort(long address) {
    return EVERYTHING.get(ValueLayout.JAVA_SHORT_UNALIGNED, address);
  }

  static int getInt(long address) {
    return EVERYTHING.get(ValueLayout.JAVA_INT_UNALIGNED, address);
  }

  static long getLong(long address) {
    return EVERYTHING.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  static void putShort(long address, short value) {
    EVERYTHING.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, value);
  }

  static void putInt(long address, int value) {
    EVERYTHING.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
  }

  static void putLong(long address, long value) {
    EVERYTHING.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  static void clear(long address, int length) {
    EVERYTHING.asSlice(address, length).fill((byte) 0);
  }

  static void copyIn(byte[] source, int from, int length, long address) {
    MemorySegment.copy(source, from, EVERYTHING, ValueLayout.JAVA_BYTE, address, length);
  }

  static void copyOut(long address, byte[] target, int from, int length) {
    MemorySegment.copy(EVERYTHING, ValueLayout.JAVA_BYTE, address, target, from, length);
  }

  static void copyOut(long address, long[] target, int length) {
    MemorySegment.copy(EVERYTHING, ValueLayout.JAVA_LONG_UNALIGNED, address, target, 0, length);
  }

  /// The eight bytes of `bytes` from `at` on, the lowest first.
  static long getLong(byte[] bytes, int at) {
    return (long) LONG_OF_BYTES.get(bytes, at);
  }

  static byte[] bytes(long address, int length) {
    byte[] copy = new byte[length];
    copyOut(address, copy, 0, length);
    return copy;
  }

  /// Writes a NUL-terminated string; returns `address`.
  ///
  /// @throws IllegalArgumentException if it does not fit [#PATH_BYTES]
  static long putName(long address, byte[] names, int from, int length) {
    if (length >= PATH_BYTES) {
      throw new IllegalArgumentException("path of " + length + " bytes does not fit a system call");
    }
    copyIn(names, from, length, address);
    EVERYTHING.set(ValueLayout.JAVA_BYTE, address + length, (byte) 0);
    return address;
  }

  static long putName(long address, byte[] name) {
    return putName(address, name, 0, name.length);
  }
}
