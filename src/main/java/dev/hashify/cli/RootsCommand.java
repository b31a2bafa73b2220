package dev.hashify.cli;

import dev.hashify.engine.RootsRequest;
import dev.hashify.engine.RunException;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RootsText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hashify roots`.
@Command(
    name = "roots",
    description = {
      "List the roots that container engines keep, and say which a run would take.",
      "Without --engine, those of all engines that are here. Changes nothing."
    })
final class RootsCommand implements dev.hashify.cli.Command {

  @Mixin HelpOption helpOption = new HelpOption();

  @Mixin EngineOption engineOption = new EngineOption();

  @Option(
      names = "--format",
      paramLabel = "text|ndjson",
      description = "The form of standard output. Default: text.")
  Format format = Format.TEXT;

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
    switch (format) {
      case TEXT -> RootsText.lines(report).forEach(session.out()::println);
      case NDJSON -> RootsText.json(report, code.number()).forEach(session.out()::print);
    }
    return code;
  }
}
