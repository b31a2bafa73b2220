package dev.hashify.index;

/// 128 bits whose meaning is the caller's: of content, or of rules and options.
///
/// @param high the first eight bytes
/// @param low the last eight bytes
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
