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

  @Override
  public void close() {
    arena.close();
  }
}
