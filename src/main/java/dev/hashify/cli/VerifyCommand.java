package dev.hashify.cli;

import dev.hashify.engine.RunException;
import dev.hashify.engine.StoreRequest;
import dev.hashify.engine.VerifyReport;
import dev.hashify.report.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hashify verify`.
@Command(
    name = "verify",
    description = "Check every object of the stores: content, metadata and guard.")
final class VerifyCommand implements dev.hashify.cli.Command {

  @Mixin HelpOption helpOption = new HelpOption();

  @Option(
      names = "--repair",
      description = "Take damaged objects out of use and put guards back; no content is changed.")
  boolean repair;

  @Mixin StoreOption storeOption = new StoreOption();

  @Mixin PaceOptions paceOptions = new PaceOptions();

  @Mixin ProgressOption progressOption = new ProgressOption();

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
