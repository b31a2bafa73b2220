package dev.hashify.cli;

import dev.hashify.engine.TerminalColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// What standard error is connected to.
///
/// @param kind whether a line can be rewritten
/// @param width how long a line may be now; asked anew, because windows are resized
record Screen(Kind kind, IntSupplier width) {

  private static final int COLUMNS_USUAL = 80;

  /// Below this no progress line says anything.
  private static final int COLUMNS_MIN = 20;

  /// A terminal, or something else.
  enum Kind {
    TERMINAL,
    /// The journal of systemd, which keeps lines with their levels.
    JOURNAL,
    PIPE
  }

  /// A screen whose width does not change.
  static Screen fixed(Kind kind, int columns) {
    return new Screen(kind, () -> columns);
  }

  static Screen ofStandardError() {
    Kind kind = kindOf(Path.of("/proc/self/fd/2"), System.getenv("JOURNAL_STREAM"));
    return switch (kind) {
      case PIPE, JOURNAL -> fixed(kind, COLUMNS_USUAL);
      case TERMINAL -> new Screen(kind, new Window(columns(System.getenv("COLUMNS"))));
    };
  }

  /// At least [#COLUMNS_MIN].
  int columns() {
    return Math.max(COLUMNS_MIN, width.getAsInt());
  }

  /// The JDK tells of standard input and output only whether they are terminals.
  ///
  /// @param journal device and inode of the stream that leads to the journal (systemd.exec(5)); it
  ///   is inherited, also by a process whose output then went elsewhere
  static Kind kindOf(Path descriptor, @Nullable String journal) {
    try {
      if (journal != null) {
        var stat = Files.readAttributes(descriptor, "unix:dev,ino");
        if (journal.equals(stat.get("dev") + ":" + stat.get("ino"))) {
          return Kind.JOURNAL;
        }
      }
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

  private static int columns(@Nullable String variable) {
    return variable == null || !variable.matches("[0-9]{1,4}")
        ? COLUMNS_USUAL
        : Integer.parseInt(variable);
  }

  /// Asks the terminal; one that does not know, as a serial line, is as wide as the user says.
  private static final class Window implements IntSupplier {
    private final int otherwise;
    private @Nullable TerminalColumns terminal;

    Window(int otherwise) {
      this.otherwise = otherwise;
    }

    @Override
    public int getAsInt() {
      try {
        // Not made before it is needed: most commands show no progress.
        TerminalColumns known = terminal == null ? new TerminalColumns() : terminal;
        terminal = known;
        OptionalInt now = known.now();
        return now.orElse(otherwise);
      } catch (UnsupportedOperationException machine) {
        // What does the work says so, too.
        return otherwise;
      }
    }
  }
}
