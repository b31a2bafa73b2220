package dev.hashify.plan;

import java.util.Arrays;

/// Files told apart by fingerprints of their content, some 30 bytes a file and no object for any of
/// them. One thread.
public final class FingerprintGroups {

  private static final int NONE = -1;

  private final long[] high;
  private final long[] low;

  /// The next file of the same fingerprint.
  private final int[] next;

  /// The last file added of each fingerprint, where its fingerprint leads to.
  private final int[] heads;

  /// The last file added of each fingerprint, in the order in which fingerprints were first seen.
  private final int[] slots;

  private int count;

  /// @param files how many there are: they have the numbers from 0 on
  public FingerprintGroups(int files) {
    high = new long[files];
    low = new long[files];
    next = new int[files];
    slots = new int[files];
    // At most half full.
    heads = new int[Integer.highestOneBit(Math.max(8, Math.min(files, 1 << 28))) * 4];
    Arrays.fill(heads, NONE);
  }

  /// Adds file `number`, once.
  public void add(int number, long upper, long lower) {
    high[number] = upper;
    low[number] = lower;
    int slot = (int) (upper ^ lower) & (heads.length - 1);
    while (heads[slot] != NONE && (high[heads[slot]] != upper || low[heads[slot]] != lower)) {
      slot = (slot + 1) & (heads.length - 1);
    }
    if (heads[slot] == NONE) {
      slots[count++] = slot;
    }
    next[number] = heads[slot];
    heads[slot] = number;
  }

  /// The upper half of the fingerprint of file `number`, which was added.
  public long high(int number) {
    return high[number];
  }

  /// The lower half.
  public long low(int number) {
    return low[number];
  }

  /// How many different fingerprints there are.
  public int count() {
    return count;
  }

  /// The files of one fingerprint, in the order in which they were added.
  ///
  /// @param group from 0 to [#count], in the order in which the first of each was added
  public int[] files(int group) {
    int length = 0;
    for (int file = heads[slots[group]]; file != NONE; file = next[file]) {
      length++;
    }
    int[] files = new int[length];
    for (int file = heads[slots[group]]; file != NONE; file = next[file]) {
      files[--length] = file;
    }
    return files;
  }
}
