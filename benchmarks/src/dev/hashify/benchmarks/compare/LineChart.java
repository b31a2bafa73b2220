package dev.hashify.benchmarks.compare;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lines over two logarithmic axes, as SVG that reads on light and dark pages.
///
/// @param unit what the upright axis counts
/// @param series the lines, four at most
record LineChart(String title, String unit, String caption, List<Series> series) {

  /// One line.
  record Series(String name, List<Point> points) {

    private Point end() {
      return points.getLast();
    }
  }

  /// @param x above 0
  /// @param y above 0
  record Point(double x, double y) {}

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 64;
  private static final int TOP = 44;
  private static final int PLOT_WIDTH = 520;
  private static final int PLOT_HEIGHT = 310;
  private static final int NAME_HEIGHT = 16;

  /// The powers of ten that an axis begins and ends with.
  private record Axis(int first, int last) {

    /// How far along the axis `value` is, from 0 to 1.
    double along(double value) {
      return (Math.log10(value) - first) / (last - first);
    }
  }

  String svg() {
    Axis across = axis(Point::x);
    Axis up = axis(Point::y);
    var svg = new Svg(WIDTH, HEIGHT);
    svg.text(0, 20, "title", title);
    for (int power = across.first; power <= across.last; power++) {
      double x = x(across, Math.pow(10, power));
      svg.grid(x, TOP, x, TOP + PLOT_HEIGHT);
      svg.textAround(x, TOP + PLOT_HEIGHT + 18, label(power));
    }
    for (int power = up.first; power <= up.last; power++) {
      double y = y(up, Math.pow(10, power));
      svg.grid(LEFT, y, LEFT + PLOT_WIDTH, y);
      svg.textEndingAt(LEFT - 8, y + 4, label(power));
    }
    svg.text(0, TOP - 8, "axis", unit);
    svg.text(LEFT + PLOT_WIDTH - 30, TOP + PLOT_HEIGHT + 34, "axis", "files");
    for (int i = 0; i < series.size(); i++) {
      draw(svg, series.get(i), i, across, up);
    }
    name(svg, across, up);
    svg.text(0, HEIGHT - 10, "caption", caption);
    return svg.end();
  }

  private static void draw(Svg svg, Series line, int number, Axis across, Axis up) {
    svg.polyline(
        line.points.stream()
            .map(p -> String.format(Locale.ROOT, "%.1f,%.1f", x(across, p.x), y(up, p.y)))
            .collect(Collectors.joining(" ")),
        "line" + number);
    line.points.forEach(p -> svg.dot(x(across, p.x), y(up, p.y), "fill" + number));
  }

  /// Writes the names behind the lines' ends, from the top down, none over another.
  private void name(Svg svg, Axis across, Axis up) {
    List<Series> downwards =
        series.stream().sorted((a, b) -> Double.compare(b.end().y, a.end().y)).toList();
    double least = 0;
    for (Series line : downwards) {
      Point end = line.end();
      double y = Math.max(least, y(up, end.y) + 4);
      svg.text(x(across, end.x) + 10, y, "fill" + series.indexOf(line), line.name);
      least = y + NAME_HEIGHT;
    }
  }

  private Axis axis(ToDoubleFunction<Point> coordinate) {
    double least = points().mapToDouble(coordinate).min().orElse(1);
    double greatest = points().mapToDouble(coordinate).max().orElse(10);
    int first = (int) Math.floor(Math.log10(least));
    return new Axis(first, Math.max(first + 1, (int) Math.ceil(Math.log10(greatest))));
  }

  private Stream<Point> points() {
    return series.stream().flatMap(line -> line.points.stream());
  }

  private static double x(Axis across, double value) {
    return LEFT + PLOT_WIDTH * across.along(value);
  }

  private static double y(Axis up, double value) {
    return TOP + PLOT_HEIGHT * (1 - up.along(value));
  }

  private static String label(int power) {
    return power < 0
        ? String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power))
        : String.format(Locale.ROOT, "%,.0f", Math.pow(10, power));
  }
}
