package dev.hashify.report;

import java.io.IOException;

/// A run as text for people: every event a line, then the summary.
public final class TextReport implements ReportWriter {

  private final Appendable out;

  /// Writes to `out`, which should be buffered: it is called once per event.
  public TextReport(Appendable out) {
    this.out = out;
  }

  @Override
  public void event(RunEvent event) throws IOException {
    String label = event instanceof RunEvent.Problem ? "problem: " : "";
    out.append(label).append(EventText.line(event)).append('\n');
  }

  @Override
  public void summary(RunReport report, int exitCode) throws IOException {
    for (String line : SummaryText.lines(report)) {
      out.append(line).append('\n');
    }
    for (String line : SummaryDetails.lines(report)) {
      out.append(line).append('\n');
    }
    out.append("exit ").append(Integer.toString(exitCode)).append('\n');
  }
}
