package dev.hashify.plan;

import java.util.Arrays;
import java.util.Optional;

/// A column of content fingerprints for a few rows or for nearly all, in small blocks, so that rows
/// far from any with a fingerprint take no space.
final class FingerprintColumn {

  /// As many rows as a `long` has bits to say which of them have a fingerprint.
  private static final int BLOCK_BITS = 6;

  private static final int BLOCK_ROWS = 1 << BLOCK_BITS;

  /// Upper halves, lower halves, and the bits.
  private static final int BLOCK_WORDS = 2 * BLOCK_ROWS + 1;

  private long[][] blocks = new long[16][];

  /// The upper and lower half, if `row` has one.
  Optional<long[]> get(int row) {
    int number = row >>> BLOCK_BITS;
    long[] block = number < blocks.length ? blocks[number] : null;
    int at = row & (BLOCK_ROWS - 1);
    boolean isKnown = block != null && (block[2 * BLOCK_ROWS] >>> at & 1) != 0;
    return isKnown && block != null
        ? Optional.of(new long[] {block[at], block[BLOCK_ROWS + at]})
        : Optional.empty();
  }

  void set(int row, long high, long low) {
    int number = row >>> BLOCK_BITS;
    if (number >= blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(number + 1, blocks.length * 2));
    }
    long[] block = blocks[number];
    if (block == null) {
      block = new long[BLOCK_WORDS];
      blocks[number] = block;
    }
    int at = row & (BLOCK_ROWS - 1);
    block[at] = high;
    block[BLOCK_ROWS + at] = low;
    block[2 * BLOCK_ROWS] |= 1L << at;
  }
}
