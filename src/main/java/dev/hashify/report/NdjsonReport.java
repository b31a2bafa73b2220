package dev.hashify.report;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A run as NDJSON: one JSON object a line, one line an event, the last line the `summary`.
///
/// The member `event` says what a line is: `share`, `would-share`, `skip`, `refuse`, `problem`,
/// `details` (once, before the summary: where the space was, examples of reasons, who uses which
/// space) or `summary`. Every path is `path` in UTF-8 and, if its bytes are something else,
/// `pathBase64` beside it (the same for `keeper`). Reasons are the words of
/// [dev.hashify.file.SkipReason] and [dev.hashify.file.Refusal] in lower case with hyphens. Members
/// may be added; none changes its meaning.
public final class NdjsonReport implements ReportWriter {

  private final Appendable out;

  /// The keeper that came last, and how it is written: a group has one and many paths.
  private @Nullable TreePath keeper;

  private String keeperWritten = "";

  /// Writes to `out`, which should be buffered: it is called once per event.
  public NdjsonReport(Appendable out) {
    this.out = out;
  }

  @Override
  public void event(RunEvent event) throws IOException {
    out.append(
        switch (event) {
          case RunEvent.Share share -> share(share);
          case RunEvent.Skip skip -> skip(skip);
          case RunEvent.Refuse refuse ->
              JsonLine.event("refuse")
                  .path("path", refuse.path())
                  .text("reason", JsonLine.word(refuse.reason()))
                  .end();
          case RunEvent.Problem problem -> problem(problem.problem());
        });
  }

  private String share(RunEvent.Share share) {
    String kind =
        switch (share.mode()) {
          case DRY -> "would-share";
          case REAL -> "share";
        };
    return JsonLine.event(kind)
        .path("path", share.path())
        .members(written(share.keeper()))
        .number("reclaimedBytes", share.reclaimedBytes())
        .end();
  }

  @SuppressWarnings("ReferenceEquality") // An equal path that is another object is written anew.
  private String written(TreePath path) {
    if (path != keeper) {
      keeperWritten = JsonLine.begun().path("keeper", path).members();
      keeper = path;
    }
    return keeperWritten;
  }

  private static String skip(RunEvent.Skip skip) {
    JsonLine line =
        JsonLine.event("skip")
            .path("path", skip.path())
            .text("reason", JsonLine.word(skip.reason()));
    return skip.rule().map(rule -> line.text("rule", rule)).orElse(line).end();
  }

  private static String problem(FileProblem problem) {
    return JsonLine.event("problem")
        .path("path", problem.path())
        .text("notDone", problem.notDone())
        .text("why", problem.why())
        .text("consequence", problem.consequence())
        .end();
  }

  @Override
  public void summary(RunReport report, int exitCode) throws IOException {
    if (!report.findings().equals(Findings.NONE)) {
      out.append(DetailsJson.line(report.findings()));
    }
    JsonLine line =
        JsonLine.event("summary")
            .flag("dryRun", report.changedNothing())
            .paths("roots", report.roots())
            .texts("ruleLists", report.ruleLists());
    counts(line, report.counts());
    out.append(
        line.objects("stores", report.stores(), NdjsonReport::store)
            .flag("guardMissing", report.guardMissing())
            .texts("choices", report.choices())
            .seconds("seconds", report.elapsed())
            .flag("interrupted", report.interrupted())
            .number("exitCode", exitCode)
            .end());
  }

  private static void counts(JsonLine line, Counts counts) {
    line.number("found", counts.found())
        .number("directories", counts.directories())
        .number("candidates", counts.candidates())
        .number("shared", counts.shared())
        .number("alreadyShared", counts.alreadyShared())
        .number("unique", counts.unique())
        .number("skipped", counts.skippedTotal())
        .figures("skippedByReason", counts.skipped())
        .number("refused", counts.refusedTotal())
        .figures("refusedByReason", counts.refused())
        .number("fileProblems", counts.fileProblems())
        .number("problems", counts.problems())
        .number("groups", counts.groups())
        .number("reclaimedBytes", counts.reclaimedBytes())
        .number("alreadyReclaimedBytes", counts.alreadyReclaimedBytes())
        .number("bytesRead", counts.bytesRead())
        .number("filesRead", counts.filesRead())
        .number("modifiedTimesChanged", counts.modifiedTimesChanged())
        .number("inUse", counts.inUse());
  }

  private static void store(JsonLine line, StoreSummary store) {
    line.path("path", store.path())
        .paths("roots", store.roots())
        .text("share", store.share())
        .text("guard", store.guard())
        .number("sweptObjects", store.sweptObjects())
        .number("sweptBytes", store.sweptBytes())
        .texts("notes", store.notes());
  }
}
