package dev.hashify.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table of a result with what there is to say about it.
record Section(String title, String introduction, List<String> header, List<List<String>> rows) {

  Section {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(title + ": a row of " + row.size() + " cells");
      }
    }
  }

  String markdown() {
    var text = new StringBuilder();
    text.append("## ").append(title).append("\n\n");
    if (!introduction.isEmpty()) {
      text.append(introduction).append("\n\n");
    }
    appendRow(text, header);
    appendRow(text, header.stream().map(_ -> "---").toList());
    rows.forEach(row -> appendRow(text, row));
    return text.append('\n').toString();
  }

  private static void appendRow(StringBuilder text, List<String> cells) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    text.append('\n');
  }

  /// The columns every table of costs has.
  static final List<String> COST_HEADER =
      List.of(
          "program",
          "seconds",
          "least to greatest",
          "ratio",
          "CPU s",
          "peak MiB",
          "read MB",
          "from device MB");

  /// The cells of [#COST_HEADER]; the ratio is of the wall clock to that of `base`.
  static List<String> costs(Row row, Row base) {
    if (row.wasStopped()) {
      return List.of(
          row.label(), "stopped after " + decimal(row.wall().median()), "", "", "", "", "", "");
    }
    Samples wall = row.wall();
    var cells = new ArrayList<String>();
    cells.add(row.exitCode() == 0 ? row.label() : row.label() + " (exit " + row.exitCode() + ")");
    cells.add(decimal(wall.median()));
    cells.add(decimal(wall.least()) + " to " + decimal(wall.greatest()));
    cells.add(base.wasStopped() ? "" : decimal(wall.ratioTo(base.wall())));
    cells.add(decimal(row.cpuSeconds()));
    cells.add(decimal(row.peakMemoryBytes() / (1 << 20)));
    cells.add(decimal(row.readCharacters() / 1e6));
    cells.add(decimal(row.readBytes() / 1e6));
    return cells;
  }

  /// Three figures, or all of a larger number.
  static String decimal(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
