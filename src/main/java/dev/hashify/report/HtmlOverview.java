package dev.hashify.report;

import dev.hashify.report.Findings.StoreHistory;
import java.util.List;
import java.util.OptionalLong;

/// The page's beginning and end: what the run brought, in a sentence and in figures, and on what.
final class HtmlOverview {

  private final Html html;
  private final RunReport report;
  private final Counts counts;

  HtmlOverview(Html html, RunReport report) {
    this.html = html;
    this.report = report;
    this.counts = report.counts();
  }

  /// The run in a few words. On most nights nothing changes, and what was saved before is the news.
  String headline() {
    OptionalLong saved = savedBytes();
    if (counts.reclaimedBytes() == 0 && saved.orElse(0) > 0) {
      return Figures.bytes(saved.getAsLong()) + " saved";
    }
    return Figures.bytes(counts.reclaimedBytes())
        + (report.changedNothing() ? " to reclaim" : " reclaimed");
  }

  void header() {
    html.raw("<p class=\"brand\">Hashify</p>\n<h1>").text(headline()).raw("</h1>\n");
    html.raw("<p class=\"lead\">").text(sentence()).raw("</p>\n");
  }

  private String sentence() {
    String did = report.changedNothing() ? "A dry run looked at " : "The run looked at ";
    String shares = report.changedNothing() ? " would share" : " share now";
    return did
        + Figures.count(counts.found(), "file")
        + " in "
        + Figures.count(report.roots().size(), "root")
        + " in "
        + Figures.time(report.elapsed())
        + ". "
        + Figures.count(counts.shared())
        + shares
        + (counts.alreadyShared() > 0
            ? ", " + Figures.count(counts.alreadyShared()) + " shared before."
            : ".")
        + (report.interrupted() ? " It was stopped before its end." : "");
  }

  void figures(int exitCode) {
    html.raw("<section aria-label=\"Figures\" style=\"margin-top:0\"><dl class=\"figures\">\n");
    if (counts.reclaimedBytes() > 0) {
      savedBytes().ifPresent(saved -> figure("saved in all", Figures.bytes(saved)));
    } else {
      figure(report.changedNothing() ? "to reclaim" : "reclaimed", Figures.bytes(0));
    }
    figure(report.changedNothing() ? "to share" : "shared in this run", counts.shared());
    figure("shared before", counts.alreadyShared());
    figure("without a partner", counts.unique());
    figure("skipped", counts.skippedTotal());
    figure("refused", counts.refusedTotal());
    String bad = counts.problems() > 0 ? "bad" : "";
    figure("problems", Figures.count(counts.problems()), bad);
    figure("read", Figures.bytes(counts.bytesRead()));
    figure("exit code", Integer.toString(exitCode), exitCode == 0 ? "" : "bad");
    html.raw("</dl></section>\n");
  }

  /// What is saved once the run is over, in all stores; unknown if one of them does not know.
  private OptionalLong savedBytes() {
    List<StoreHistory> histories = report.findings().histories();
    long saved = 0;
    for (var each : histories) {
      List<PastRun> runs = each.history().runs();
      if (report.changedNothing() || runs.isEmpty() || runs.getLast().savedBytes().isEmpty()) {
        return OptionalLong.empty();
      }
      saved += runs.getLast().savedBytes().getAsLong();
    }
    return histories.isEmpty() ? OptionalLong.empty() : OptionalLong.of(saved);
  }

  private void figure(String name, long number) {
    figure(name, Figures.count(number));
  }

  private void figure(String name, String figure) {
    figure(name, figure, "");
  }

  private void figure(String name, String figure, String kind) {
    html.raw("<div><dt>").text(name).raw("</dt><dd class=\"").raw(kind).raw("\">");
    html.text(figure).raw("</dd></div>\n");
  }

  void footer() {
    html.raw("<footer><div>\n");
    for (var store : report.stores()) {
      String guard = store.guard().isEmpty() ? "none chosen" : store.guard();
      html.raw("<p>Store ").path(store.path()).text(", guard " + guard).raw("</p>\n");
      store.notes().forEach(note -> html.raw("<p>").text(note).raw("</p>\n"));
    }
    html.raw("<p>Rules: ")
        .text(report.ruleLists().isEmpty() ? "none" : String.join(", ", report.ruleLists()))
        .raw("</p>\n");
    report.choices().forEach(choice -> html.raw("<p>Guard at hand: ").text(choice).raw("</p>\n"));
    html.raw("<p>Bytes are counted in powers of 1024; times are UTC.</p>\n</div></footer>\n");
  }
}
