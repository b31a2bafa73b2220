package dev.hashify.cli;

import dev.hashify.engine.RunListener;
import dev.hashify.file.TreePath;
import dev.hashify.report.Figures;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Shows how far a run is: on a terminal a line that is rewritten, elsewhere a line now and then.
///
/// One call at a time.
final class Progress {

  /// More would only flicker.
  private static final long TERMINAL_NANOS = 100_000_000L;

  /// Often enough to see in a log that a run is alive.
  private static final long PIPE_NANOS = 10_000_000_000L;

  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter err;
  private final Screen screen;
  private final LongSupplier nanoTime;
  private final Display display;
  private RunListener.Stage stage = RunListener.Stage.WALKING;
  private long stageBegan;
  private long shownAt;
  private boolean visible;

  private enum Display {
    NOTHING,
    ONE_LINE,
    LINES
  }

  Progress(Surroundings outside, ProgressMode mode) {
    this.err = outside.err();
    this.screen = outside.screen();
    this.nanoTime = outside.nanoTime();
    this.display = display(mode, screen.kind());
    this.stageBegan = nanoTime.getAsLong();
    this.shownAt = stageBegan;
  }

  private static Display display(ProgressMode mode, Screen.Kind kind) {
    return switch (mode) {
      case NEVER -> Display.NOTHING;
      case AUTO -> kind == Screen.Kind.TERMINAL ? Display.ONE_LINE : Display.NOTHING;
      case ALWAYS -> kind == Screen.Kind.TERMINAL ? Display.ONE_LINE : Display.LINES;
    };
  }

  void stage(RunListener.Stage next) {
    stage = next;
    stageBegan = nanoTime.getAsLong();
  }

  void show(long files, long bytes, TreePath current) {
    if (display == Display.NOTHING) {
      return;
    }
    long now = nanoTime.getAsLong();
    long pause = display == Display.ONE_LINE ? TERMINAL_NANOS : PIPE_NANOS;
    if (now - shownAt < pause) {
      return;
    }
    shownAt = now;
    String line = line(files, bytes, current, (now - stageBegan) / 1e9);
    if (display == Display.ONE_LINE) {
      err.print(ERASE + line);
      err.flush();
      visible = true;
    } else {
      err.println("hashify: " + line);
    }
  }

  private String line(long files, long bytes, TreePath current, double seconds) {
    String rate = seconds > 0.5 ? String.format(Locale.ROOT, ", %,.0f/s", files / seconds) : "";
    String figures =
        stage.name().toLowerCase(Locale.ROOT)
            + ": "
            + Figures.count(files, "file")
            + (bytes == 0 ? "" : ", " + Figures.bytes(bytes))
            + rate;
    // The last column stays free: a terminal may go to the next line after filling it.
    int room = screen.columns() - 1;
    if (figures.length() > room) {
      return figures.substring(0, room);
    }
    return figures + shortened(current.toString(), room - figures.length() - 2);
  }

  /// The end of the path, which is what changes; nothing if there is no room worth using.
  private static String shortened(String path, int room) {
    if (room < 10 || path.isEmpty()) {
      return "";
    }
    if (width(path) <= room) {
      return ": " + path;
    }
    int from = path.length();
    int used = 3;
    while (from > 0) {
      int codePoint = path.codePointBefore(from);
      used += width(codePoint);
      if (used > room) {
        break;
      }
      from -= Character.charCount(codePoint);
    }
    return ": ..." + path.substring(from);
  }

  private static int width(String text) {
    return text.codePoints().map(Progress::width).sum();
  }

  /// East Asian characters and emoji take two columns; being too careful with others costs nothing.
  private static int width(int codePoint) {
    return codePoint < 0x1100 ? 1 : 2;
  }

  /// Takes the line away before something else is said.
  ///
  /// @return whether there was one, so that what is said next should be seen at once
  boolean clear() {
    if (!visible) {
      return false;
    }
    err.print(ERASE);
    err.flush();
    visible = false;
    return true;
  }
}
