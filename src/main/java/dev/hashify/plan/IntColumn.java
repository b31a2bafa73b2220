package dev.hashify.plan;

import java.util.Arrays;

/// As [LongColumn], of 32-bit numbers.
final class IntColumn {

  private static final int BLOCK_BITS = 15;
  private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;

  private int[][] blocks = new int[16][];

  int get(int row) {
    return blocks[row >>> BLOCK_BITS][row & BLOCK_MASK];
  }

  void set(int row, int value) {
    int block = row >>> BLOCK_BITS;
    if (block >= blocks.length) {
      blocks = Arrays.copyOf(blocks, blocks.length * 2);
    }
    if (blocks[block] == null) {
      blocks[block] = new int[1 << BLOCK_BITS];
    }
    blocks[block][row & BLOCK_MASK] = value;
  }
}
