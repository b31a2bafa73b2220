package dev.hashify.report;

import dev.hashify.report.Look.Glyphs;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Savings over time for a terminal: a bar a run, the oldest at the left, no line longer than asked
/// for.
///
/// The bars begin at 0, so that twice the height is twice the savings. Where there are more runs
/// than columns a bar is the last of several runs. Dates are UTC, the same on every machine.
final class HistoryChart {

  private static final int INDENT = 2;

  /// Wider charts are not easier to read.
  private static final int COLUMNS_MAX = 76;

  /// Below this there is no room for a scale beside the bars, nor for days.
  private static final int COLUMNS_SCALE = 40;

  private static final int ROWS = 5;
  private static final int ROWS_NARROW = 3;
  private static final int BAR_COLUMNS_MAX = 3;
  private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final List<PastRun> runs;
  private final Look look;
  private final boolean isNarrow;
  private final long most;
  private final String label;

  private HistoryChart(List<PastRun> runs, Look look) {
    this.runs = runs;
    this.look = look;
    this.isNarrow = look.columns() < COLUMNS_SCALE;
    this.most = runs.stream().mapToLong(HistoryChart::saved).max().orElse(0);
    this.label = isNarrow ? "" : Figures.bytes(most) + " ";
  }

  /// The chart; nothing if fewer than two runs came to their end.
  static List<String> lines(History history, Look look) {
    List<PastRun> whole =
        history.runs().stream().filter(run -> run.savedBytes().isPresent()).toList();
    return whole.size() < 2 ? List.of() : new HistoryChart(whole, look).lines();
  }

  private static long saved(PastRun run) {
    return run.savedBytes().orElse(0);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<PastRun> bars = bars();
    int rows = isNarrow ? ROWS_NARROW : ROWS;
    int width = Math.clamp(room() / bars.size(), 1, BAR_COLUMNS_MAX);
    for (int row = rows - 1; row >= 0; row--) {
      var line = new StringBuilder(" ".repeat(INDENT));
      line.append(row == rows - 1 ? label : " ".repeat(label.length()));
      for (var bar : bars) {
        line.append(String.valueOf(glyph(saved(bar), row, rows)).repeat(width));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add(dates(runs.getFirst().began(), runs.getLast().began()));
    return lines;
  }

  private int room() {
    return Math.max(1, Math.min(look.columns(), COLUMNS_MAX) - INDENT - label.length());
  }

  /// As many runs as there is room for, the last among them.
  private List<PastRun> bars() {
    int count = Math.min(runs.size(), room());
    List<PastRun> bars = new ArrayList<>();
    for (int bar = 1; bar <= count; bar++) {
      bars.add(runs.get((int) ((long) runs.size() * bar / count) - 1));
    }
    return bars;
  }

  private char glyph(long bytes, int row, int rows) {
    int steps = EIGHTHS.length() - 1;
    long height = most == 0 ? 0 : Math.round((double) bytes / most * rows * steps);
    // Something is not nothing, however little beside the most.
    long shown = bytes > 0 ? Math.max(1, height) : 0;
    int inRow = Math.clamp(shown - (long) row * steps, 0, steps);
    if (look.glyphs() == Glyphs.BLOCKS) {
      return EIGHTHS.charAt(inRow);
    }
    return inRow == 0 ? ' ' : inRow < steps / 2 ? '.' : '#';
  }

  private String dates(Instant first, Instant last) {
    DateTimeFormatter day = isNarrow ? MONTH : DAY;
    return " ".repeat(INDENT + label.length()) + day.format(first) + " to " + day.format(last);
  }
}
