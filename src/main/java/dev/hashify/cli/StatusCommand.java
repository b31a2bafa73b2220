package dev.hashify.cli;

import dev.hashify.engine.RunException;
import dev.hashify.engine.StatusRequest;
import dev.hashify.file.TreePath;
import dev.hashify.report.Look;
import dev.hashify.report.StatusReport;
import dev.hashify.report.StatusText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify status`.
final class StatusCommand implements Command {

  private final StoreOption storeOption = new StoreOption();
  private final FormatOption formatOption = new FormatOption();
  private List<TreePath> roots = new ArrayList<>();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            "status",
            "Say what stores hold, and what roots share as far as the last run knew.",
            "Reads no root and changes nothing.");
    HelpOption.addTo(spec);
    storeOption.addTo(spec);
    formatOption.addTo(spec);
    return spec.addPositional(
        Options.paths(
                "ROOT",
                0,
                typed -> roots = typed,
                "Only this directory. Default: all roots of the last run.")
            .build());
  }

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    var request = new StatusRequest(roots, storeOption.stores);
    StatusReport report =
        new StoreRun(session)
            .run((operations, told, stop) -> operations.status(request, told, stop));
    switch (formatOption.format) {
      case TEXT ->
          StatusText.lines(report, look(session.outside().screen()))
              .forEach(session.out()::println);
      case NDJSON -> StatusText.json(report).forEach(session.out()::print);
    }
    return ExitCode.DONE;
  }

  /// A locale that is not UTF-8 has a terminal, or a reader of the log, that does not know it.
  private static Look look(Screen screen) {
    boolean isUtf8 = "UTF-8".equalsIgnoreCase(System.getProperty("native.encoding"));
    return new Look(screen.columns(), isUtf8 ? Look.Glyphs.BLOCKS : Look.Glyphs.ASCII);
  }
}
