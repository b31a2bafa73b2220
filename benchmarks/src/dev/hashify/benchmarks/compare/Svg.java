package dev.hashify.benchmarks.compare;

import java.util.Locale;

/// The little of SVG that a chart needs. The background is the page's; colours change with it.
final class Svg {

  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, sans-serif; fill: #1f2328 }
      .title { font-size: 16px; font-weight: 600 }
      .panel { font-weight: 600 }
      .caption, .axis { fill: #59636e; font-size: 11px }
      .grid { stroke: #d1d9e0; stroke-width: 1 }
      .others { fill: #9aa4ae }
      .ours, .fill0 { fill: #1a7f37 }
      .fill1 { fill: #0969da }
      .fill2 { fill: #9a6700 }
      .fill3 { fill: #6e7781 }
      .line0 { stroke: #1a7f37 }
      .line1 { stroke: #0969da }
      .line2 { stroke: #9a6700 }
      .line3 { stroke: #6e7781 }
      polyline { fill: none; stroke-width: 2 }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3 }
        .caption, .axis { fill: #9198a1 }
        .grid { stroke: #3d444d }
        .others { fill: #59636e }
        .ours, .fill0 { fill: #3fb950 }
        .fill1 { fill: #4493f8 }
        .fill2 { fill: #d29922 }
        .fill3 { fill: #9198a1 }
        .line0 { stroke: #3fb950 }
        .line1 { stroke: #4493f8 }
        .line2 { stroke: #d29922 }
        .line3 { stroke: #9198a1 }
      }
      </style>
      """;

  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height) {
    text.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " viewBox=\"0 0 %d %d\" role=\"img\">%n",
            width,
            height,
            width,
            height));
    text.append(STYLE);
  }

  void text(double x, double y, String kind, String words) {
    text.append(
            String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>",
                x,
                y,
                kind,
                escape(words)))
        .append('\n');
  }

  void textEndingAt(double x, double y, String words) {
    text.append(
            String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                x,
                y,
                escape(words)))
        .append('\n');
  }

  void textAround(double x, double y, String words) {
    text.append(
            String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" class=\"axis\">%s</text>",
                x,
                y,
                escape(words)))
        .append('\n');
  }

  void rectangle(double x, double y, double width, double height, String kind) {
    text.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\""
                    + " class=\"%s\"/>",
                x,
                y,
                width,
                height,
                kind))
        .append('\n');
  }

  void grid(double x1, double y1, double x2, double y2) {
    text.append(
            String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>",
                x1,
                y1,
                x2,
                y2))
        .append('\n');
  }

  void dot(double x, double y, String kind) {
    text.append(
            String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" class=\"%s\"/>",
                x,
                y,
                kind))
        .append('\n');
  }

  /// A line through `points`, written as `x,y x,y`.
  void polyline(String points, String kind) {
    text.append(String.format(Locale.ROOT, "<polyline points=\"%s\" class=\"%s\"/>", points, kind))
        .append('\n');
  }

  String end() {
    return text + "</svg>\n";
  }

  private static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
