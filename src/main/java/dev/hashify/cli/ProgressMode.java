package dev.hashify.cli;

/// When to show how far a run is.
enum ProgressMode {
  /// On a terminal as one line that is rewritten, elsewhere as a line now and then; not if the user
  /// wants nothing but problems.
  AUTO,
  /// As [#AUTO], whatever else is said.
  ALWAYS,
  /// Only if a signal asks.
  NEVER
}
