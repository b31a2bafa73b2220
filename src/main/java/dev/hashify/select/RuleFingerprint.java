package dev.hashify.select;

/// 128 bits that differ, as good as certainly, between rule sets that could decide differently.
///
/// Made of verdicts and patterns in their order; where a rule stands does not matter. Not for
/// protection against someone who wants two sets to agree.
public record RuleFingerprint(long high, long low) {}
