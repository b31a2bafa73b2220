package dev.hashify.select;

import java.util.List;

/// A parsed pattern: segments of fixed length with a `*` between each two.
///
/// The first segment is bound to the beginning of the path, the last to its end; those between are
/// found from left to right, each at its first place after the one before. As no segment can give
/// way by being longer or shorter, the first place is as good as any later one, so nothing is ever
/// tried twice: at most (length of the path) times (length of the pattern) comparisons.
///
/// Immutable. [LiveRule] does the matching, because most of it can be done once per directory.
///
/// @param segments one or more; a single one means that there is no `*`
/// @param shape what kind of pattern it is
record Glob(List<Segment> segments, Shape shape) {

  /// The kinds of patterns that are told apart, because the simple ones are cheaper to match.
  enum Shape {
    /// No wildcard: `/etc/passwd`.
    EXACT,
    /// Literal bytes and one `*` at the end: `/tmp/*`.
    PREFIX,
    /// One `*` at the beginning and literal bytes: `*.pid`.
    SUFFIX,
    /// Anything else.
    GENERAL,
    /// Malformed in a way that fnmatch answers by never matching.
    NEVER
  }

  Glob {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("a pattern has at least one segment");
    }
  }

  /// The pattern of `segments`, with its shape.
  static Glob of(List<Segment> segments) {
    return new Glob(segments, shapeOf(segments));
  }

  private static Shape shapeOf(List<Segment> segments) {
    Segment head = segments.getFirst();
    Segment tail = segments.getLast();
    if (segments.size() == 1) {
      return head.isLiteral() ? Shape.EXACT : Shape.GENERAL;
    }
    if (segments.size() == 2 && tail.isEmpty() && head.isLiteral()) {
      return Shape.PREFIX;
    }
    if (segments.size() == 2 && head.isEmpty() && tail.isLiteral()) {
      return Shape.SUFFIX;
    }
    return Shape.GENERAL;
  }

  /// What is bound to the beginning of the path; empty if the pattern begins with `*`.
  Segment head() {
    return segments.getFirst();
  }

  /// What is bound to the end of the path; empty if the pattern ends with `*`; the head if there is
  /// no `*`.
  Segment tail() {
    return segments.getLast();
  }

  boolean hasStar() {
    return segments.size() > 1;
  }

  /// The only byte with which a matching path can end, or -1 if there are several.
  int lastByte() {
    return tail().isEmpty() ? -1 : tail().literalAt(tail().length() - 1);
  }

  /// The number of bytes a matching path has at least.
  int lengthMin() {
    int length = 0;
    for (Segment segment : segments) {
      length += segment.length();
    }
    return length;
  }
}
