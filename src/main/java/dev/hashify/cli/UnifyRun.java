package dev.hashify.cli;

import dev.hashify.engine.Cancellation;
import dev.hashify.engine.Operations;
import dev.hashify.engine.RunException;
import dev.hashify.engine.UnifyRequest;
import dev.hashify.report.Counts;
import dev.hashify.report.RunReport;
import dev.hashify.report.SummaryDetails;
import dev.hashify.report.SummaryText;

/// Has a request done and tells the result.
final class UnifyRun {

  private final Session session;
  private final OutputOptions options;

  UnifyRun(Session session, OutputOptions options) {
    this.session = session;
    this.options = options;
  }

  ExitCode run(UnifyRequest request)
      throws UsageException, NothingTouchedException, RunException, InterruptedException {
    try (ReportFiles reports = ReportFiles.open(options.reports)) {
      Operations operations = session.operations();
      var listener = new UnifyListener(session, options, reports);
      Cancellation cancellation = session.outside().interruption().begin();
      RunReport report;
      try {
        report = operations.unify(request, listener, cancellation);
      } finally {
        listener.abandon();
      }
      return tell(report, listener, reports);
    }
  }

  private ExitCode tell(RunReport report, UnifyListener listener, ReportFiles reports) {
    ExitCode code = code(report);
    listener.end(report, code);
    if (tellsSummary()) {
      SummaryText.lines(report).forEach(session.out()::println);
      if (options.verbose) {
        SummaryDetails.lines(report).forEach(session.out()::println);
      }
      if (report.changedNothing() && !report.interrupted()) {
        session.out().println("next: " + session.nextCommand().line(report.choices()));
      }
      session.out().flush();
    }
    if (report.guardMissing()) {
      tellGuards(report);
    }
    if (!report.counts().addUp()) {
      session.say(Weight.ERROR, doNotAddUp(report.counts()));
    }
    var unwritten = reports.finish(report, code);
    unwritten.forEach(session::message);
    return !unwritten.isEmpty() && code == ExitCode.DONE ? ExitCode.PROBLEMS : code;
  }

  private ExitCode code(RunReport report) {
    if (!report.counts().addUp()) {
      return ExitCode.BUG;
    }
    if (report.interrupted()) {
      return session.outside().interruption().code();
    }
    if (report.guardMissing()) {
      return ExitCode.NOT_DONE;
    }
    return report.counts().problems() > 0 ? ExitCode.PROBLEMS : ExitCode.DONE;
  }

  /// What to do about it, in full where the summary does not say it.
  private void tellGuards(RunReport report) {
    String why = "nothing was shared: no guard was chosen and none can be taken without asking; ";
    if (tellsSummary()) {
      session.say(Weight.ERROR, why + "choose one of the guards in the summary");
    } else {
      session.say(Weight.ERROR, why + "choose one:");
      report.choices().forEach(choice -> session.outside().err().println("  " + choice));
    }
  }

  private boolean tellsSummary() {
    return options.format() == Format.TEXT && !options.quiet;
  }

  private static String doNotAddUp(Counts counts) {
    return "bug: "
        + counts.found()
        + " found, but "
        + counts.shared()
        + " shared + "
        + counts.alreadyShared()
        + " already shared + "
        + counts.unique()
        + " unique + "
        + counts.skippedTotal()
        + " skipped + "
        + counts.refusedTotal()
        + " refused + "
        + counts.fileProblems()
        + " problems; the files are as they should be, the figures are not; report this with the"
        + " output of 'hashify --version'";
  }
}
