package dev.hashify.plan;

import java.util.Arrays;

/// A growing column of numbers in blocks, so that growing neither copies what is there nor holds
/// both.
final class LongColumn {

  private static final int BLOCK_BITS = 15;
  private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;

  private long[][] blocks = new long[16][];

  long get(int row) {
    return blocks[row >>> BLOCK_BITS][row & BLOCK_MASK];
  }

  void set(int row, long value) {
    int block = row >>> BLOCK_BITS;
    if (block >= blocks.length) {
      blocks = Arrays.copyOf(blocks, blocks.length * 2);
    }
    if (blocks[block] == null) {
      blocks[block] = new long[1 << BLOCK_BITS];
    }
    blocks[block][row & BLOCK_MASK] = value;
  }
}
