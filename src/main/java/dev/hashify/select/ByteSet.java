package dev.hashify.select;

import java.util.function.IntPredicate;

/// A set of byte values, as a bracket expression names one.
///
/// Filled while a pattern is parsed and not changed afterwards.
final class ByteSet {

  private final long[] words = new long[4];

  void add(int value) {
    words[value >> 6] |= 1L << value;
  }

  /// Adds all values from `first` to `last`; none if `first` is the greater.
  void addRange(int first, int last) {
    for (int value = first; value <= last; value++) {
      add(value);
    }
  }

  void addAll(IntPredicate members) {
    for (int value = 0; value < 256; value++) {
      if (members.test(value)) {
        add(value);
      }
    }
  }

  void complement() {
    for (int i = 0; i < words.length; i++) {
      words[i] = ~words[i];
    }
  }

  boolean contains(int value) {
    return (words[value >> 6] >>> value & 1) != 0;
  }

  /// The number of values.
  int count() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /// The smallest value.
  int first() {
    int value = 0;
    while (!contains(value)) {
      value++;
    }
    return value;
  }
}
