package dev.hashify.report;

import dev.hashify.report.Findings.StoreHistory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Savings over time: a line for each store, and the runs as a table.
///
/// The picture is stretched to the page's width, so its scale and days are text beside it, which is
/// not.
final class HtmlHistory {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 200;

  private final Html html;
  private final List<StoreHistory> histories;

  HtmlHistory(Html html, List<StoreHistory> histories) {
    this.html = html;
    this.histories = histories;
  }

  void write() {
    html.raw("<section id=\"history\" aria-labelledby=\"history-title\">\n")
        .raw("<h2 id=\"history-title\">Savings over time</h2>\n")
        .raw("<p class=\"note\">What all roots of the store would take more if nothing were ")
        .raw("shared, by length of content, after each run.</p>\n");
    if (histories.isEmpty()) {
      html.raw("<p>There is no store yet, so no run is remembered.</p>\n");
    }
    for (var each : histories) {
      html.raw("<div class=\"card\">\n");
      if (histories.size() > 1) {
        html.raw("<h3>").path(each.path()).raw("</h3>\n");
      }
      write(each.history());
      html.raw("</div>\n");
    }
    html.raw("</section>\n");
  }

  private void write(History history) {
    history
        .unreadable()
        .ifPresent(why -> html.raw("<p>The history cannot be read: ").text(why).raw("</p>\n"));
    List<PastRun> whole =
        history.runs().stream().filter(run -> run.savedBytes().isPresent()).toList();
    if (whole.size() > 1) {
      chart(whole);
    } else if (history.unreadable().isEmpty()) {
      html.raw("<p>There is a line once two runs have come to their end.</p>\n");
    }
    if (!history.runs().isEmpty()) {
      table(history.runs());
    }
  }

  private static long saved(PastRun run) {
    return run.savedBytes().orElse(0);
  }

  private void chart(List<PastRun> runs) {
    long most = Math.max(1, runs.stream().mapToLong(HtmlHistory::saved).max().orElse(1));
    Instant first = runs.getFirst().began();
    long span = Math.max(1, runs.getLast().began().getEpochSecond() - first.getEpochSecond());
    var line = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      long after = runs.get(i).began().getEpochSecond() - first.getEpochSecond();
      // A clock that was set back must not draw a line back.
      double x = (double) WIDTH * Math.clamp(after, 0, span) / span;
      double y = HEIGHT * (1 - (double) saved(runs.get(i)) / most);
      line.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, y));
    }
    html.raw("<div class=\"chart\"><div class=\"scale\" aria-hidden=\"true\"><span>")
        .text(Figures.bytes(most))
        .raw("</span><span>")
        .text(Figures.bytes(most / 2))
        .raw("</span><span>0</span></div>\n<svg viewBox=\"0 0 1000 200\" ")
        .raw("preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
        .text(describe(runs))
        .raw("\">\n<path class=\"grid\" d=\"M0 0H1000M0 100H1000M0 200H1000\"/>\n")
        .raw("<path class=\"area\" d=\"" + line + "L1000 200L0 200Z\"/>\n")
        .raw("<path class=\"line\" d=\"" + line + "\"/>\n</svg>\n")
        .raw("<div class=\"days\" aria-hidden=\"true\"><span>")
        .text(DAY.format(first))
        .raw("</span><span>")
        .text(DAY.format(runs.getLast().began()))
        .raw("</span></div></div>\n");
  }

  private static String describe(List<PastRun> runs) {
    return "Saved after "
        + runs.size()
        + " runs: "
        + Figures.bytes(saved(runs.getFirst()))
        + " on "
        + DAY.format(runs.getFirst().began())
        + ", "
        + Figures.bytes(saved(runs.getLast()))
        + " on "
        + DAY.format(runs.getLast().began())
        + "; each run is in the table below";
  }

  private void table(List<PastRun> runs) {
    html.raw("<details><summary>")
        .text(Figures.count(runs.size(), "run") + ", the newest first")
        .raw("</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" ")
        .raw("aria-label=\"Runs\"><table>\n<thead><tr><th scope=\"col\">Began</th>")
        .raw("<th scope=\"col\" class=\"n\">Saved after it</th>")
        .raw("<th scope=\"col\" class=\"n\">Reclaimed</th>")
        .raw("<th scope=\"col\" class=\"n\">Newly shared</th>")
        .raw("<th scope=\"col\" class=\"n\">Files</th><th scope=\"col\" class=\"n\">Took</th>")
        .raw("<th scope=\"col\" class=\"n\">Problems</th></tr></thead>\n<tbody>\n");
    for (var run : runs.reversed()) {
      html.raw("<tr><th scope=\"row\">").text(MINUTE.format(run.began())).raw("</th>");
      html.number(
              run.savedBytes().isPresent() ? Figures.bytes(saved(run)) : "stopped before its end")
          .number(Figures.bytes(run.reclaimedBytes() + run.sweptBytes()))
          .number(Figures.count(run.shared()))
          .number(Figures.count(run.found()))
          .number(Figures.time(run.took()))
          .number(Figures.count(run.problems()))
          .raw("</tr>\n");
    }
    html.raw("</tbody></table></div></details>\n");
  }
}
