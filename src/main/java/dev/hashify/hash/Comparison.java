package dev.hashify.hash;

/// What comparing one duplicate with its keeper gave.
public sealed interface Comparison {

  /// All bytes are equal.
  record Same(SameBytes receipt) implements Comparison {}

  /// Some byte differs.
  record Different() implements Comparison {}

  /// The duplicate could not be read to its end.
  record DuplicateFailed(ReadFailure failure) implements Comparison {}
}
