package dev.hashify.cli;

import dev.hashify.engine.RunListener;
import dev.hashify.engine.StageProgress;
import dev.hashify.report.Figures;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// How far a run is, in words: as many as there is room for.
///
/// @param stage which stage; its name is the first word
/// @param progress how far it is
/// @param pace how fast
record ProgressLine(RunListener.Stage stage, StageProgress progress, Pace pace) {

  /// A path is shown if this much of it can be seen.
  private static final int PATH_COLUMNS_MIN = 20;

  /// Below this the figures need all the room.
  private static final int COLUMNS_FOR_PATH = 60;

  /// A line for a terminal.
  ///
  /// @param columns of the terminal; the line is shorter by at least one
  String fitted(int columns) {
    // The last column stays free: a terminal may go to the next line after filling it.
    int room = columns - 1;
    boolean wantsPath = columns >= COLUMNS_FOR_PATH && progress.current().length() > 0;
    int forFigures = wantsPath ? room - PATH_COLUMNS_MIN : room;
    for (String figures : shorterAndShorter()) {
      if (figures.length() <= forFigures) {
        return wantsPath ? figures + path(room - figures.length()) : figures;
      }
    }
    return word().substring(0, Math.min(room, word().length()));
  }

  /// A line for a log.
  String whole() {
    String path = progress.current().toString();
    return shorterAndShorter().getFirst() + (path.isEmpty() ? "" : ": " + path);
  }

  private List<String> shorterAndShorter() {
    String start = word() + percent();
    String left = left();
    String files = progress.files() == 0 ? "" : ": " + Figures.count(progress.files(), noun());
    String bytes = progress.bytes() == 0 ? "" : ", " + Figures.bytes(progress.bytes());
    return List.of(
        start + filesOfAll() + bytesOfAll() + rate() + left,
        start + files + bytes + rate() + left,
        start + files + rate() + left,
        start + files + left,
        start + left,
        start + left.replace(",", "").replace(" left", ""),
        start);
  }

  private String word() {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  private String noun() {
    return switch (stage) {
      case WALKING -> "path";
      case VERIFYING, SWEEPING -> "object";
      case COMPARING, RECORDING, COPYING, RELEASING -> "file";
    };
  }

  private String percent() {
    OptionalDouble percent = pace.percent();
    return percent.isEmpty() ? "" : " " + (int) percent.getAsDouble() + "%";
  }

  private String filesOfAll() {
    if (progress.files() == 0) {
      return "";
    }
    return progress.filesTotal() == 0
        ? ": " + Figures.count(progress.files(), noun())
        : ": "
            + Figures.count(progress.files())
            + " of "
            + Figures.count(progress.filesTotal(), noun());
  }

  private String bytesOfAll() {
    if (progress.bytes() == 0) {
      return "";
    }
    String all = progress.bytesTotal() == 0 ? "" : " of " + Figures.bytes(progress.bytesTotal());
    return ", " + Figures.bytes(progress.bytes()) + all;
  }

  private String rate() {
    if (pace.bytesPerSecond() >= 1) {
      return ", " + Figures.bytes((long) pace.bytesPerSecond()) + "/s";
    }
    return pace.filesPerSecond() < 1
        ? ""
        : ", " + Figures.count((long) pace.filesPerSecond()) + "/s";
  }

  private String left() {
    OptionalDouble seconds = pace.secondsLeft();
    return seconds.isEmpty() ? "" : ", " + time(seconds.getAsDouble()) + " left";
  }

  /// No more exact than it can be known.
  static String time(double seconds) {
    if (seconds < 60) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    long minutes = Math.round(seconds / 60);
    if (seconds < 600) {
      long tens = Math.round(seconds / 10) * 10;
      return tens % 60 == 0 ? tens / 60 + " min" : tens / 60 + " min " + tens % 60 + " s";
    }
    return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /// The end of the path, which is what changes; nothing if there is no room worth using.
  private String path(int room) {
    String path = progress.current().toString();
    int used = 2;
    if (width(path) + used <= room) {
      return ": " + path;
    }
    used += 3;
    int from = path.length();
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
    return text.codePoints().map(ProgressLine::width).sum();
  }

  /// East Asian characters and emoji take two columns; being too careful with others costs nothing.
  private static int width(int codePoint) {
    return codePoint < 0x1100 ? 1 : 2;
  }
}
