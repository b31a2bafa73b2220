package dev.hashify.cli;

import dev.hashify.engine.ExplainRequest;
import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.ExplainReport;
import dev.hashify.report.ExplainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hashify explain`.
@Command(
    name = "explain",
    description = {
      "Say why paths are shared or are not: rule, identity, group, guard, last decision and error,"
          + " and how to change it.",
      "By the rules and options of the last run, which it recorded. Changes nothing."
    })
final class ExplainCommand implements dev.hashify.cli.Command {

  @Mixin HelpOption helpOption = new HelpOption();

  @Mixin StoreOption storeOption = new StoreOption();

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "Where the index is, if it is not in the store.")
  Optional<TreePath> index = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "text|ndjson",
      description = "The form of standard output. Default: text.")
  Format format = Format.TEXT;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "A path of the host, in a root.")
  List<TreePath> paths = new ArrayList<>();

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    var request = new ExplainRequest(paths, storeOption.stores, index);
    ExplainReport report =
        new StoreRun(session)
            .run((operations, told, stop) -> operations.explain(request, told, stop));
    for (var each : report.explained()) {
      switch (format) {
        case TEXT -> ExplainText.lines(each).forEach(session.out()::println);
        case NDJSON -> session.out().print(ExplainText.json(each));
      }
    }
    ExitCode code = new StoreRun(session).code(report.problems(), false);
    return report.explained().isEmpty() ? ExitCode.NOT_DONE : code;
  }
}
