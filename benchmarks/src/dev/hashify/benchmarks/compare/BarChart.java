package dev.hashify.benchmarks.compare;

import java.util.List;
import java.util.Locale;

/// Horizontal bars in panels, one panel a measurement, as SVG that reads on light and dark pages.
record BarChart(String title, String caption, List<Panel> panels) {

  /// Bars of one unit.
  record Panel(String title, List<Bar> bars) {}

  /// One program.
  ///
  /// @param value how long the bar is, in the panel's unit
  /// @param text what stands behind it
  /// @param emphasis whose it is
  record Bar(String label, double value, String text, Emphasis emphasis) {}

  enum Emphasis {
    OURS,
    OTHERS
  }

  private static final int WIDTH = 760;
  private static final int LABELS_WIDTH = 150;
  private static final int BARS_WIDTH = 470;
  private static final int BAR_HEIGHT = 18;
  private static final int LINE_HEIGHT = 25;
  private static final int PANEL_HEAD = 42;
  private static final int HEAD = 34;
  private static final int FOOT = 26;

  String svg() {
    var svg = new Svg(WIDTH, height());
    svg.text(0, 20, "title", title);
    int y = HEAD;
    for (Panel panel : panels) {
      svg.text(0, y + 26, "panel", panel.title);
      y += PANEL_HEAD;
      double longest = panel.bars.stream().mapToDouble(Bar::value).max().orElse(1);
      for (Bar bar : panel.bars) {
        double width = longest > 0 ? BARS_WIDTH * bar.value / longest : 0;
        svg.textEndingAt(LABELS_WIDTH - 8, y + 14, bar.label);
        svg.rectangle(
            LABELS_WIDTH,
            y,
            Math.max(1, width),
            BAR_HEIGHT,
            bar.emphasis.name().toLowerCase(Locale.ROOT));
        svg.text(LABELS_WIDTH + Math.max(1, width) + 6, y + 14, "value", bar.text);
        y += LINE_HEIGHT;
      }
    }
    svg.text(0, y + 18, "caption", caption);
    return svg.end();
  }

  private int height() {
    int bars = panels.stream().mapToInt(panel -> panel.bars.size()).sum();
    return HEAD + panels.size() * PANEL_HEAD + bars * LINE_HEIGHT + FOOT;
  }
}
