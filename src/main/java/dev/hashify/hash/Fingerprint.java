package dev.hashify.hash;

/// A 128-bit hash (XXH3) that tells contents apart. Anyone can make two contents of one
/// fingerprint, so equality means only that comparing is worth while.
///
/// @param high the upper 64 bits
/// @param low the lower 64 bits
public record Fingerprint(long high, long low) {}
