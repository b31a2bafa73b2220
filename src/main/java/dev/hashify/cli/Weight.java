package dev.hashify.cli;

/// How much a message matters, in the levels of syslog(3).
enum Weight {
  /// The run could not be done, or this program has a bug.
  ERROR(3),

  /// What an administrator should look at.
  WARNING(4),

  /// What is worth a line, and no problem.
  NOTE(6);

  private final int level;

  Weight(int level) {
    this.level = level;
  }

  /// A message as a line of standard error.
  ///
  /// A journal names the sender of every line itself, and takes the level from the beginning of the
  /// line (sd-daemon(3)), so that `journalctl -p warning` finds what matters among the rest.
  String line(Screen.Kind kind, String text) {
    return switch (kind) {
      case JOURNAL -> "<" + level + ">" + text;
      case TERMINAL, PIPE -> "hashify: " + text;
    };
  }
}
