package dev.hashify.plan;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// A map from numbers to numbers without an object per entry.
public final class LongIntMap {

  private static final int ABSENT = Integer.MIN_VALUE;

  private long[] keys = new long[64];
  private int[] values = filled(64);
  private int size;

  private static int[] filled(int length) {
    int[] values = new int[length];
    Arrays.fill(values, ABSENT);
    return values;
  }

  /// The value of `key`, or `otherwise` if it has none.
  public int get(long key, int otherwise) {
    int value = values[slot(keys, values, key)];
    return value == ABSENT ? otherwise : value;
  }

  public boolean contains(long key) {
    return values[slot(keys, values, key)] != ABSENT;
  }

  /// Sets the value of `key`; any number but the smallest.
  public void put(long key, int value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int slot = slot(keys, values, key);
    if (values[slot] == ABSENT) {
      size++;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  /// Adds `amount` to the value of `key`, which counts as 0 if it has none.
  public void add(long key, int amount) {
    put(key, get(key, 0) + amount);
  }

  /// Shows every key, in no particular order.
  public void forEachKey(LongConsumer consumer) {
    for (int i = 0; i < keys.length; i++) {
      if (values[i] != ABSENT) {
        consumer.accept(keys[i]);
      }
    }
  }

  public int size() {
    return size;
  }

  private void grow() {
    long[] widerKeys = new long[keys.length * 2];
    int[] widerValues = filled(keys.length * 2);
    for (int i = 0; i < keys.length; i++) {
      if (values[i] != ABSENT) {
        int slot = slot(widerKeys, widerValues, keys[i]);
        widerKeys[slot] = keys[i];
        widerValues[slot] = values[i];
      }
    }
    keys = widerKeys;
    values = widerValues;
  }

  /// Eight neighbours begin to look for their places side by side: most keys are inode numbers,
  /// which are asked for in their order, and a cache line holds eight of them.
  private static int slot(long[] keys, int[] values, long key) {
    long block = key >>> 3;
    long hash = (block ^ (block >>> 32)) * 0x9E37_79B9_7F4A_7C15L;
    int slot = ((((int) (hash >>> 32)) & ~7) | ((int) key & 7)) & (keys.length - 1);
    while (values[slot] != ABSENT && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }
}
