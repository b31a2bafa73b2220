package dev.hashify.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where names and paths lie: byte strings appended once and found again by a number.
final class NameArena {

  /// A string never spans two blocks; the numbers are block and offset. A string longer than a
  /// block (the names of a directory of some 60,000 entries) has a block of its own.
  private static final int BLOCK_BITS = 20;

  private static final int BLOCK_BYTES = 1 << BLOCK_BITS;

  private final List<byte[]> blocks = new ArrayList<>(List.of(new byte[BLOCK_BYTES]));
  private int used;

  /// Appends a range; returns where it lies.
  long add(byte[] source, int from, int length) {
    if (BLOCK_BYTES - used < length || used == BLOCK_BYTES) {
      blocks.add(new byte[Math.max(BLOCK_BYTES, length)]);
      used = 0;
    }
    System.arraycopy(source, from, blocks.getLast(), used, length);
    long at = ((long) (blocks.size() - 1) << BLOCK_BITS) | used;
    // A block of its own is full, whatever its length.
    used = Math.min(BLOCK_BYTES, used + length);
    return at;
  }

  byte[] block(long at) {
    return blocks.get((int) (at >>> BLOCK_BITS));
  }

  int offset(long at) {
    return (int) (at & (BLOCK_BYTES - 1));
  }

  /// A copy of `length` bytes, `skip` bytes after `at`.
  byte[] copy(long at, int skip, int length) {
    int from = offset(at) + skip;
    return Arrays.copyOfRange(block(at), from, from + length);
  }
}
