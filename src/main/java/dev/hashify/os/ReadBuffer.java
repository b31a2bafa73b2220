package dev.hashify.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// A reused buffer outside the heap into which file content is read.
///
/// One thread at a time. 256 KiB read in one call were as fast as anything larger and stay in the
/// processor's cache between reading and comparing.
public final class ReadBuffer implements AutoCloseable {

  /// How much one read asks for.
  public static final int SIZE_BYTES = 256 * 1024;

  private static final int PAGE_BYTES = 4096;

  private static final int SAMPLES = 9;

  /// 2^64 divided by the golden ratio, odd: its products differ in all bits.
  private static final long MIXER = 0x9e37_79b9_7f4a_7c15L;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;
  private final ByteBuffer bytes;

  public ReadBuffer() {
    segment = arena.allocate(SIZE_BYTES, PAGE_BYTES);
    bytes = segment.asByteBuffer();
  }

  /// Where it lies, for a system call.
  ///
  /// @throws IllegalStateException if it is closed: the kernel would write into memory that is
  ///   somebody else's by now
  long address() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("closed");
    }
    return segment.address();
  }

  /// The first `length` bytes, as a view of the buffer.
  public ByteBuffer bytes(int length) {
    bytes.clear().limit(length);
    return bytes;
  }

  /// Copies the first `length` bytes to the start of `target`.
  public void copyTo(byte[] target, int length) {
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, 0, target, 0, length);
  }

  /// The first position at which the first `length` bytes of both differ; -1 if they are equal.
  public long mismatch(ReadBuffer other, int length) {
    return MemorySegment.mismatch(segment, 0, length, other.segment, 0, length);
  }

  /// Whether it starts with these bytes.
  public boolean startsWith(byte[] others) {
    MemorySegment other = MemorySegment.ofArray(others);
    return MemorySegment.mismatch(segment, 0, others.length, other, 0, others.length) < 0;
  }

  /// A copy of the first `length` bytes.
  public byte[] toBytes(int length) {
    var copy = new byte[length];
    copyTo(copy, length);
    return copy;
  }

  /// Copies all of `source` to the start.
  public void copyFrom(byte[] source) {
    MemorySegment.copy(source, 0, segment, ValueLayout.JAVA_BYTE, 0, source.length);
  }

  /// A number that depends on some of the first `length` bytes: [#SAMPLES] words at equal
  /// distances, the last bytes among them. Equal bytes give the same number.
  public long sample(int length) {
    long address = address();
    long mixed = length;
    if (length < Long.BYTES) {
      for (int i = 0; i < length; i++) {
        mixed = mixed << 8 | (Memory.getByte(address + i) & 0xff);
      }
      return mixed;
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < SAMPLES; i++) {
      mixed = (mixed ^ Memory.getLong(address + last * i / (SAMPLES - 1))) * MIXER;
      mixed ^= mixed >>> 32;
    }
    return mixed;
  }

  @Override
  public void close() {
    arena.close();
  }
}
