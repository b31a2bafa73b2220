package dev.hashify.cli;

/// When to show how far a run is.
enum ProgressMode {
  /// On a terminal.
  AUTO,
  /// On a terminal as one line that is rewritten, elsewhere as a line now and then.
  ALWAYS,
  NEVER
}
