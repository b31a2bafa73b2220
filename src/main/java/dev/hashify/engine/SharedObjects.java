package dev.hashify.engine;

import dev.hashify.plan.LongIntMap;
import java.util.Arrays;

/// How many paths lead to each object, and what they would take alone.
final class SharedObjects {

  private final LongIntMap places = new LongIntMap();
  private long[] keys = new long[16];
  private long[] sizeBytes = new long[16];
  private int[] names = new int[16];

  /// Counts a path that leads to an object, or takes one back.
  ///
  /// @param sign 1 or -1
  void count(long volume, long inode, long size, int sign) {
    // Roots on several file systems are counted together, and inode numbers are no secret of one.
    count(inode ^ Long.rotateLeft(volume * 0x9E37_79B9_7F4A_7C15L, 17), size, sign);
  }

  /// Counts a path whose file shares blocks, or takes one back. There is no object that names the
  /// content, so all of one light key count as one: files of one name and size but several contents
  /// are rare, and make the figure at most one size too large for each further content.
  ///
  /// @param links how many names the file has: they have its content together
  void countClone(long key, long size, int links, int sign) {
    count(~key, size / Math.max(1, links), sign);
  }

  private void count(long key, long size, int amount) {
    int at = places.get(key, -1);
    if (at < 0) {
      at = places.size();
      places.put(key, at);
      if (at == keys.length) {
        keys = Arrays.copyOf(keys, at * 2);
        sizeBytes = Arrays.copyOf(sizeBytes, at * 2);
        names = Arrays.copyOf(names, at * 2);
      }
      keys[at] = key;
      sizeBytes[at] = size;
    }
    names[at] += amount;
  }

  void add(SharedObjects other) {
    for (int at = 0; at < other.places.size(); at++) {
      count(other.keys[at], other.sizeBytes[at], other.names[at]);
    }
  }

  /// The content of all paths, each object's taken off once.
  long savedBytes() {
    long saved = 0;
    for (int at = 0; at < places.size(); at++) {
      saved += sizeBytes[at] * Math.max(0, names[at] - 1);
    }
    return saved;
  }
}
