package dev.hashify.select;

/// What a pattern asks of one byte of a path.
sealed interface Element {

  /// This byte; 0 to 255.
  record Literal(int value) implements Element {}

  /// Any byte, `/` included: `?`.
  record AnyByte() implements Element {}

  /// One of the bytes of a bracket expression.
  record OneOf(ByteSet set) implements Element {}
}
