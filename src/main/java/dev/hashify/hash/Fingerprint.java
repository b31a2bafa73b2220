package dev.hashify.hash;

/// A 128-bit hash (XXH3) that tells contents apart. Anyone can make two contents of one
/// fingerprint, so equality means only that comparing is worth while.
///
/// @param high the upper 64 bits
/// @param low the lower 64 bits
public record Fingerprint(long high, long low) {

  /// Written out: what a record has by itself is put together when it is first called, which takes
  /// a start a hundredth of a second.
  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint print && high == print.high && low == print.low;
  }
}
