package dev.hashify.index;

/// 128 bits whose meaning is the caller's: of content, or of rules and options.
///
/// @param high the first eight bytes
/// @param low the last eight bytes
public record Fingerprint(long high, long low) {}
