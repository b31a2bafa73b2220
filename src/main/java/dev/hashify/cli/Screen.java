package dev.hashify.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What standard error is connected to.
///
/// @param kind whether a line can be rewritten
/// @param columns how long a line may be
record Screen(Kind kind, int columns) {

  private static final int COLUMNS_USUAL = 80;

  /// Below this no progress line says anything.
  private static final int COLUMNS_MIN = 20;

  /// A terminal, or something else.
  enum Kind {
    TERMINAL,
    PIPE
  }

  static Screen ofStandardError() {
    return new Screen(kindOf(Path.of("/proc/self/fd/2")), columns(System.getenv("COLUMNS")));
  }

  /// The JDK tells of standard input and output only whether they are terminals.
  private static Kind kindOf(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      boolean terminal =
          target.startsWith("/dev/pts/")
              || target.startsWith("/dev/tty")
              || target.equals("/dev/console");
      return terminal ? Kind.TERMINAL : Kind.PIPE;
    } catch (IOException unknown) {
      // Without /proc there is no run either; no progress is the harmless answer.
      return Kind.PIPE;
    }
  }

  private static int columns(@org.jspecify.annotations.Nullable String variable) {
    if (variable == null || !variable.matches("[0-9]{1,4}")) {
      return COLUMNS_USUAL;
    }
    return Math.max(COLUMNS_MIN, Integer.parseInt(variable));
  }
}
