package dev.hashify.select;

import java.util.List;

/// A piece of a pattern between two `*`: a row of elements of which each matches exactly one byte.
///
/// That every segment has a fixed length is what makes matching without backtracking possible.
/// Immutable.
final class Segment {

  /// The element of `?`; elements below are literal bytes, those above are sets.
  private static final short ANY_BYTE = 256;

  private static final short FIRST_SET = 257;

  private final short[] elements;
  private final ByteSet[] sets;

  private Segment(short[] elements, ByteSet[] sets) {
    this.elements = elements;
    this.sets = sets;
  }

  /// The segment of `elements`.
  static Segment of(List<Element> elements) {
    short[] packed = new short[elements.size()];
    var sets = new ByteSet[(int) elements.stream().filter(Element.OneOf.class::isInstance).count()];
    int setCount = 0;
    for (int i = 0; i < packed.length; i++) {
      switch (elements.get(i)) {
        case Element.Literal(int value) -> packed[i] = (short) value;
        case Element.AnyByte() -> packed[i] = ANY_BYTE;
        case Element.OneOf(ByteSet set) -> {
          packed[i] = (short) (FIRST_SET + setCount);
          sets[setCount++] = set;
        }
      }
    }
    return new Segment(packed, sets);
  }

  /// The number of bytes it matches.
  int length() {
    return elements.length;
  }

  boolean isEmpty() {
    return elements.length == 0;
  }

  /// Whether every element is a literal byte.
  boolean isLiteral() {
    for (short element : elements) {
      if (element >= ANY_BYTE) {
        return false;
      }
    }
    return true;
  }

  /// The literal byte at `index`, or -1 if several bytes match there.
  int literalAt(int index) {
    return elements[index] < ANY_BYTE ? elements[index] : -1;
  }

  /// The position of the last literal `/`, or -1.
  int lastSlash() {
    int at = elements.length - 1;
    while (at >= 0 && elements[at] != '/') {
      at--;
    }
    return at;
  }

  /// Whether a position of the segment accepts a byte.
  boolean accepts(int index, byte b) {
    short element = elements[index];
    if (element < ANY_BYTE) {
      return element == (b & 0xff);
    }
    return element == ANY_BYTE || sets[element - FIRST_SET].contains(b & 0xff);
  }

  /// Whether the elements from `first` on, as many as `count`, match the bytes of `text` from
  /// `from` on.
  boolean matchesPart(int first, int count, byte[] text, int from) {
    for (int i = 0; i < count; i++) {
      if (!accepts(first + i, text[from + i])) {
        return false;
      }
    }
    return true;
  }

  /// Whether the whole segment matches at position `at` of the path that is `directory` followed by
  /// the name which begins at `from` in `names`. The caller knows that the path is long enough.
  boolean matchesAcross(byte[] directory, byte[] names, int from, int at) {
    int nameShift = from - directory.length;
    // From the end, because there paths differ.
    for (int i = elements.length - 1; i >= 0; i--) {
      int position = at + i;
      byte b = position < directory.length ? directory[position] : names[nameShift + position];
      if (!accepts(i, b)) {
        return false;
      }
    }
    return true;
  }
}
