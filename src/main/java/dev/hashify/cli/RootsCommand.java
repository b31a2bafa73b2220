package dev.hashify.cli;

import dev.hashify.engine.RootsRequest;
import dev.hashify.engine.RunException;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RootsText;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify roots`.
final class RootsCommand implements Command {

  private final EngineOption engineOption = new EngineOption();
  private final FormatOption formatOption = new FormatOption();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            "roots",
            "List the roots that container engines keep, and say which a run would take.",
            "Without --engine, those of all engines that are here. Changes nothing.");
    HelpOption.addTo(spec);
    engineOption.addTo(spec);
    formatOption.addTo(spec);
    return spec;
  }

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    var request =
        new RootsRequest(
            engineOption.engines, EnvironmentVariables.read(), List.of(), RootsRequest.Depth.FULL);
    RootsReport report =
        new StoreRun(session).run((operations, _, stop) -> operations.findRoots(request, stop));
    report.notes().forEach(note -> session.say(Weight.NOTE, note));
    ExitCode code = new StoreRun(session).code(report.problems(), false);
    switch (formatOption.format) {
      case TEXT -> RootsText.lines(report).forEach(session.out()::println);
      case NDJSON -> RootsText.json(report, code.number()).forEach(session.out()::print);
    }
    return code;
  }
}
