package dev.hashify.plan;

import java.util.Arrays;

/// As [LongColumn], of bytes.
final class ByteColumn {

  private static final int BLOCK_BITS = 16;
  private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;

  private byte[][] blocks = new byte[16][];

  byte get(int row) {
    return blocks[row >>> BLOCK_BITS][row & BLOCK_MASK];
  }

  void set(int row, byte value) {
    int block = row >>> BLOCK_BITS;
    if (block >= blocks.length) {
      blocks = Arrays.copyOf(blocks, blocks.length * 2);
    }
    if (blocks[block] == null) {
      blocks[block] = new byte[1 << BLOCK_BITS];
    }
    blocks[block][row & BLOCK_MASK] = value;
  }
}
