package dev.hashify.report;

import dev.hashify.file.FileProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A run as one HTML page that needs nothing else: no network, no font, no other file.
///
/// Everything in it was added up on our side, so the page has the same size for a thousand files
/// and for a million; a decision about one path is in the reports that are not pages. Of problems
/// the first are kept.
public final class HtmlReport implements ReportWriter {

  /// More than anybody reads; all of them are in the reports that are not pages.
  private static final int PROBLEMS_MAX = 200;

  private final Appendable out;
  private final List<FileProblem> problems = new ArrayList<>();

  /// Writes to `out`, at the end and in one go.
  public HtmlReport(Appendable out) {
    this.out = out;
  }

  @Override
  public void event(RunEvent event) {
    if (event instanceof RunEvent.Problem problem && problems.size() < PROBLEMS_MAX) {
      problems.add(problem.problem());
    }
  }

  @Override
  public void summary(RunReport report, int exitCode) throws IOException {
    out.append(new HtmlPage(report, problems, exitCode).write());
  }
}
