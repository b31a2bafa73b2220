package dev.hashify.cli;

import dev.hashify.engine.RunListener;
import dev.hashify.engine.StageProgress;
import dev.hashify.report.EventText;
import dev.hashify.report.NdjsonReport;
import dev.hashify.report.ReportWriter;
import dev.hashify.report.RunEvent;
import dev.hashify.report.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Tells a run to the terminal and to the reports while it goes on.
final class UnifyListener implements RunListener {

  private final Session session;
  private final OutputOptions options;
  private final PrintWriter out;
  private final Optional<ReportWriter> ndjson;
  private final ReportFiles reports;
  private final Progress progress;

  UnifyListener(Session session, OutputOptions options, ReportFiles reports) {
    this.session = session;
    this.options = options;
    this.out = session.out();
    this.ndjson =
        options.format() == Format.NDJSON ? Optional.of(new NdjsonReport(out)) : Optional.empty();
    this.reports = reports;
    this.progress = new Progress(session.outside(), options.progress());
  }

  @Override
  public boolean wantsEveryPath() {
    return options.verbose || (ndjson.isPresent() && !options.quiet) || reports.tellEveryPath();
  }

  @Override
  public boolean wantsSurvey() {
    return options.verbose || reports.tellOfSpace();
  }

  @Override
  public void event(RunEvent event) {
    reports.event(event);
    if (event instanceof RunEvent.Problem problem) {
      progress.say(() -> session.message(problem.problem().toString()));
    } else if (options.verbose && ndjson.isEmpty()) {
      progress.say(() -> out.println(EventText.line(event)));
    }
    if (!options.quiet || event instanceof RunEvent.Problem) {
      if (ndjson.isPresent()) {
        write(ndjson.get(), event);
      }
    }
  }

  private static void write(ReportWriter writer, RunEvent event) {
    try {
      writer.event(event);
    } catch (IOException impossible) {
      // A PrintWriter keeps its failures to itself; StandardStreams looks at them in the end.
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void note(String line) {
    if (!options.quiet) {
      progress.say(() -> session.say(Weight.NOTE, line));
    }
  }

  @Override
  public void stage(Stage stage) {
    progress.stage(stage);
  }

  @Override
  public void progress(StageProgress now) {
    progress.show(now);
  }

  /// The run is over; writes the summary of the NDJSON output, if there is one.
  void end(RunReport report, ExitCode code) {
    progress.close();
    if (ndjson.isPresent()) {
      try {
        ndjson.get().summary(report, code.number());
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }

  /// Nothing more will come because the run failed.
  void abandon() {
    progress.close();
  }
}
