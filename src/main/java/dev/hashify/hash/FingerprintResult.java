package dev.hashify.hash;

/// What fingerprinting a file gave.
public sealed interface FingerprintResult {

  /// The fingerprint of the whole content.
  record Made(Fingerprint fingerprint) implements FingerprintResult {}

  /// The file could not be read to its end unchanged.
  record Failed(ReadFailure failure) implements FingerprintResult {}
}
