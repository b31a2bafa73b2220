package dev.hashify.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/// A phase's table and its part of the picture.
record Outcome(Section section, BarChart.Panel panel) {

  /// The rows as bars of seconds, the shortest on top; `ours` is what our labels begin with.
  static BarChart.Panel panel(String title, List<Row> rows, String ours) {
    var bars = new ArrayList<BarChart.Bar>();
    for (Row row : rows) {
      double seconds = row.wall().median();
      bars.add(
          new BarChart.Bar(
              row.label(),
              seconds,
              (row.wasStopped() ? "stopped after " : "") + Section.decimal(seconds) + " s",
              row.label().startsWith(ours) ? BarChart.Emphasis.OURS : BarChart.Emphasis.OTHERS));
    }
    bars.sort((a, b) -> Double.compare(a.value(), b.value()));
    return new BarChart.Panel(title, bars);
  }
}
