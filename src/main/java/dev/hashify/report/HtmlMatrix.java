package dev.hashify.report;

import dev.hashify.report.Space.Matrix;
import java.util.List;

/// What the largest roots have in common, pair by pair: a table whose cells are shaded.
///
/// A row says how much of one root the others have, too, in percent: so an image and the small one
/// it is made of differ, as they should.
final class HtmlMatrix {

  private final Html html;
  private final Space space;
  private final Matrix matrix;
  private final List<String> names;

  HtmlMatrix(Html html, Space space) {
    this.html = html;
    this.space = space;
    this.matrix = space.matrix();
    this.names = RootNames.of(space.roots());
  }

  void write() {
    int size = matrix.roots().size();
    html.raw("<section id=\"common\" aria-labelledby=\"common-title\">\n")
        .raw("<h2 id=\"common-title\">What roots have in common</h2>\n")
        .raw("<p class=\"note\">")
        .text(
            "How much of the root of a row is also in the root of a column, in percent of its"
                + " content"
                + (size < space.roots().size() ? "; the " + size + " largest roots." : "."))
        .raw("</p>\n<div class=\"card\"><div class=\"scroll\" tabindex=\"0\" role=\"region\" ")
        .raw("aria-label=\"Common content\"><table class=\"matrix\">\n<thead><tr>")
        .raw("<th scope=\"col\"><span class=\"hidden\">Root</span></th>");
    for (int column = 0; column < size; column++) {
      html.raw("<th scope=\"col\"><abbr style=\"text-decoration:none\" title=\"")
          .text(path(column))
          .raw("\">" + (column + 1) + "</abbr></th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for (int row = 0; row < size; row++) {
      row(row);
    }
    html.raw("</tbody></table></div></div></section>\n");
  }

  private String path(int at) {
    return Html.shown(space.roots().get(matrix.roots().get(at)).path());
  }

  private void row(int row) {
    List<Long> bytes = matrix.bytes().get(row);
    html.raw("<tr><th scope=\"row\" title=\"").text(path(row)).raw("\">" + (row + 1));
    html.raw("&ensp;<bdi>").text(names.get(matrix.roots().get(row))).raw("</bdi></th>");
    long whole = Math.max(1, bytes.get(row));
    for (int column = 0; column < bytes.size(); column++) {
      if (column == row) {
        html.raw("<td class=\"self\" title=\"").text(Figures.bytes(bytes.get(row)) + " in all");
        html.raw("\">–</td>");
        continue;
      }
      long percent = Math.round(100.0 * bytes.get(column) / whole);
      html.raw("<td style=\"--v:" + percent + "%\" title=\"");
      html.text(Figures.bytes(bytes.get(column))).raw("\">" + percent + "</td>");
    }
    html.raw("</tr>\n");
  }
}
