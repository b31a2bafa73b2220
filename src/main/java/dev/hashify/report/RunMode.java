package dev.hashify.report;

/// Whether a run changes anything.
public enum RunMode {
  /// Looks, reads and says what would be done; writes nothing anywhere.
  DRY,
  /// Does it.
  REAL
}
