package dev.hashify.cli;

import dev.hashify.engine.RunException;
import dev.hashify.engine.StoreRequest;
import dev.hashify.engine.VerifyReport;
import dev.hashify.report.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify verify`.
final class VerifyCommand implements Command {

  private boolean repair;
  private final StoreOption storeOption = new StoreOption();
  private final PaceOptions paceOptions = new PaceOptions();
  private final ProgressOption progressOption = new ProgressOption();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this, "verify", "Check every object of the stores: content, metadata and guard.");
    HelpOption.addTo(spec);
    spec.addOption(
        Options.flag(
            "--repair",
            typed -> repair = typed,
            "Take damaged objects out of use and put guards back; no content is changed."));
    storeOption.addTo(spec);
    paceOptions.addTo(spec);
    progressOption.addTo(spec);
    return spec;
  }

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    var wanted = repair ? StoreRequest.Repair.YES : StoreRequest.Repair.NO;
    var restraints = paceOptions.restraints(Optional.empty());
    var request = new StoreRequest(storeOption.stores, wanted, Duration.ZERO, restraints);
    VerifyReport report =
        new StoreRun(session, progressOption.progress)
            .run((operations, told, stop) -> operations.verify(request, told, stop));
    report.findings().forEach(finding -> tell(session, finding));
    session
        .out()
        .println(
            "checked "
                + Figures.count(report.objects(), "object")
                + ", "
                + Figures.bytes(report.bytesRead())
                + ": "
                + result(report));
    ExitCode code = new StoreRun(session).code(List.of(), report.interrupted());
    return code == ExitCode.DONE && !report.findings().isEmpty() ? ExitCode.PROBLEMS : code;
  }

  private static void tell(Session session, VerifyReport.Finding finding) {
    String repaired = finding.repaired().isEmpty() ? "" : "; " + finding.repaired();
    session.out().println(finding.object() + ": " + finding.what() + repaired);
    finding.sharedBy().forEach(path -> session.out().println("  shared by " + path));
  }

  private static String result(VerifyReport report) {
    return report.findings().isEmpty()
        ? "all good"
        : Figures.count(report.findings().size(), "finding");
  }
}
