package dev.hashify.report;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.report.Findings.Certainty;
import dev.hashify.report.Findings.Total;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Where the space was, what was left and why, and what failed.
final class HtmlTables {

  private static final int ROWS_MAX = 10;

  private final Html html;
  private final RunReport report;
  private final Findings findings;

  HtmlTables(Html html, RunReport report) {
    this.html = html;
    this.report = report;
    this.findings = report.findings();
  }

  private void section(String id, String title) {
    html.raw("<section id=\"" + id + "\" aria-labelledby=\"" + id + "-title\">\n")
        .raw("<h2 id=\"" + id + "-title\">")
        .text(title)
        .raw("</h2>\n");
  }

  void reclaimed() {
    section("reclaimed", report.changedNothing() ? "Where the space is" : "Where the space was");
    Findings.Reclaimed reclaimed = findings.reclaimed();
    if (reclaimed.roots().isEmpty()) {
      html.raw("<p class=\"note\">Nothing was reclaimed in this run.</p>\n</section>\n");
      return;
    }
    html.raw("<p class=\"note\">What the replaced files took on disk.</p>\n")
        .raw("<div class=\"columns\">\n");
    totals("By root", reclaimed.roots(), Html::shown);
    totals("By area of all roots", reclaimed.areas(), path -> "/" + Html.shown(path));
    totals("By directory", reclaimed.directories(), Html::shown);
    totals("By the file that was kept", reclaimed.files(), Html::shown);
    html.raw("</div></section>\n");
  }

  private void totals(String title, List<Total> totals, Function<TreePath, String> name) {
    html.raw("<div class=\"card\"><h3>")
        .text(title)
        .raw("</h3><table>\n<thead><tr>")
        .raw("<th scope=\"col\">Path</th><th scope=\"col\" class=\"n\">Paths</th>")
        .raw("<th scope=\"col\" class=\"n\">Space</th></tr></thead>\n<tbody>\n");
    totals.stream()
        .limit(ROWS_MAX)
        .forEach(total ->
            html.raw("<tr><th scope=\"row\"><bdi>")
                .text(name.apply(total.path()))
                .raw("</bdi></th>")
                .number(Figures.count(total.paths()))
                .number(Figures.bytes(total.bytes()))
                .raw("</tr>\n"));
    html.raw("</tbody></table></div>\n");
  }

  void left() {
    section("left", "What was left, and why");
    html.raw("<p class=\"note\">Skipped files were not considered; refused ones were, and were ")
        .raw("left as they are. None of it is an error.</p>\n<div class=\"card\">");
    Counts counts = report.counts();
    if (counts.skippedTotal() + counts.refusedTotal() == 0) {
      html.raw("<p class=\"good\">Nothing was left for a reason.</p>");
    } else {
      html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Reasons\">")
          .raw("<table>\n<thead><tr><th scope=\"col\">Reason</th>")
          .raw("<th scope=\"col\" class=\"n\">Files</th><th scope=\"col\">For example</th>")
          .raw("</tr></thead>\n<tbody>\n");
      reasons("Skipped: ", counts.skipped(), SkipReason::text, findings.skipped());
      reasons("Refused: ", counts.refused(), Refusal::text, findings.refused());
      html.raw("</tbody></table></div>");
    }
    html.raw("</div>\n");
    relaxations();
    html.raw("</section>\n");
  }

  private <E extends Enum<E>> void reasons(
      String kind, Map<E, Long> counts, Function<E, String> text, Map<E, TreePath> examples) {
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(
            Map.Entry.<E, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> {
          html.raw("<tr><th scope=\"row\">").text(kind + text.apply(entry.getKey())).raw("</th>");
          html.number(Figures.count(entry.getValue())).raw("<td>");
          TreePath example = examples.get(entry.getKey());
          if (example != null) {
            html.path(example);
          }
          html.raw("</td></tr>\n");
        });
  }

  private void relaxations() {
    if (findings.relaxations().isEmpty()) {
      return;
    }
    html.raw("<div class=\"card\"><h3>If less had to be equal</h3>\n<p class=\"note\">An ")
        .raw("estimate: no content was read for it. The kept file’s name or time counts for ")
        .raw("all that share it.</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" ")
        .raw("aria-label=\"Estimates\"><table>\n<thead><tr><th scope=\"col\">Option</th>")
        .raw("<th scope=\"col\" class=\"n\">Files</th><th scope=\"col\" class=\"n\">Space</th>")
        .raw("<th scope=\"col\">Known by</th></tr></thead>\n<tbody>\n");
    for (var each : findings.relaxations()) {
      String how = each.certainty() == Certainty.LIKELY ? "about " : "at most ";
      html.raw("<tr><th scope=\"row\"><bdi>--ignore ")
          .text(JsonLine.word(each.dropped()))
          .raw("</bdi></th>")
          .number(Figures.count(each.contents()))
          .number(how + Figures.bytes(each.bytes()))
          .raw("<td>")
          .text(SummaryDetails.basis(each.certainty()))
          .raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div></div>\n");
  }

  void problems(List<FileProblem> problems) {
    section("problems", "Problems");
    long all = report.counts().problems();
    if (problems.isEmpty() && all == 0) {
      html.raw("<p class=\"good\">There were none.</p>\n</section>\n");
      return;
    }
    if (all > problems.size()) {
      html.raw("<p class=\"note\">")
          .text("The first " + problems.size() + " of " + Figures.count(all) + ".")
          .raw("</p>\n");
    }
    html.raw("<div class=\"card scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Problems\">")
        .raw("<table>\n<thead><tr><th scope=\"col\">Path</th><th scope=\"col\">What</th>")
        .raw("<th scope=\"col\">Why</th><th scope=\"col\">So</th></tr></thead>\n<tbody>\n");
    for (var problem : problems) {
      html.raw("<tr><th scope=\"row\">").path(problem.path()).raw("</th><td>");
      html.text(problem.notDone()).raw("</td><td>").text(problem.why()).raw("</td><td>");
      html.text(problem.consequence()).raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div></section>\n");
  }
}
