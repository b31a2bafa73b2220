package dev.hashify.cli;

import dev.hashify.engine.ExplainRequest;
import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.ExplainReport;
import dev.hashify.report.ExplainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify explain`.
final class ExplainCommand implements Command {

  private final StoreOption storeOption = new StoreOption();
  private Optional<TreePath> index = Optional.empty();
  private final FormatOption formatOption = new FormatOption();
  private List<TreePath> paths = new ArrayList<>();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            "explain",
            "Say why paths are shared or are not: rule, identity, group, guard, last decision and"
                + " error, and how to change it.",
            "By the rules and options of the last run, which it recorded. Changes nothing.");
    HelpOption.addTo(spec);
    storeOption.addTo(spec);
    spec.addOption(
        Options.value(
            "--index",
            "DIR",
            Options::path,
            typed -> index = Optional.of(typed),
            "Where the index is, if it is not in the store."));
    formatOption.addTo(spec);
    return spec.addPositional(
        Options.paths("PATH", 1, typed -> paths = typed, "A path of the host, in a root.").build());
  }

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    var request = new ExplainRequest(paths, storeOption.stores, index);
    ExplainReport report =
        new StoreRun(session)
            .run((operations, told, stop) -> operations.explain(request, told, stop));
    for (var each : report.explained()) {
      switch (formatOption.format) {
        case TEXT -> ExplainText.lines(each).forEach(session.out()::println);
        case NDJSON -> session.out().print(ExplainText.json(each));
      }
    }
    ExitCode code = new StoreRun(session).code(report.problems(), false);
    return report.explained().isEmpty() ? ExitCode.NOT_DONE : code;
  }
}
