package dev.hashify.select;

/// 128 bits that differ, as good as certainly, between rule sets that could decide differently.
///
/// Made of verdicts and patterns in their order; where a rule stands does not matter. Not for
/// protection against someone who wants two sets to agree.
public record RuleFingerprint(long high, long low) {

  /// Written out: what a record has by itself is put together when it is first called, which takes
  /// a start a hundredth of a second.
  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleFingerprint print && high == print.high && low == print.low;
  }
}
