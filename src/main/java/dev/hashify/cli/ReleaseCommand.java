package dev.hashify.cli;

import dev.hashify.engine.BreakReport;
import dev.hashify.engine.BreakRequest;
import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.Figures;
import dev.hashify.report.RunMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify release`.
final class ReleaseCommand implements Command {

  private final StoreOption storeOption = new StoreOption();
  private final ProgressOption progressOption = new ProgressOption();
  private List<TreePath> roots = new ArrayList<>();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            "release",
            "Take the guard from the shared files of roots, so that they can be deleted.",
            "Nothing is copied. Other roots that share the files are without guard until the next"
                + " run.");
    HelpOption.addTo(spec);
    storeOption.addTo(spec);
    progressOption.addTo(spec);
    return spec.addPositional(
        Options.paths("ROOT", 1, typed -> roots = typed, "A directory with all below.").build());
  }

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    var request = new BreakRequest(RunMode.REAL, roots, storeOption.stores, Duration.ZERO);
    BreakReport report =
        new StoreRun(session, progressOption.progress)
            .run((operations, told, stop) -> operations.release(request, told, stop));
    for (TreePath refused : report.refused()) {
      session.message(refused + ": not released: changed meanwhile; left guarded, try again");
    }
    session
        .out()
        .println("released " + Figures.count(report.broken(), "path") + ", ready to be deleted");
    return new StoreRun(session).code(report.problems(), report.interrupted());
  }
}
