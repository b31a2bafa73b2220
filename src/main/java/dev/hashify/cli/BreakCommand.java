package dev.hashify.cli;

import dev.hashify.engine.BreakReport;
import dev.hashify.engine.BreakRequest;
import dev.hashify.engine.FreezeChoice;
import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.Figures;
import dev.hashify.report.RunMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify break`.
final class BreakCommand implements Command {

  private boolean dryRun;
  private final StoreOption storeOption = new StoreOption();
  private final PaceOptions paceOptions = new PaceOptions();
  private final ProgressOption progressOption = new ProgressOption();
  private boolean freeze;
  private final LockWaitOption lockWaitOption = new LockWaitOption();
  private List<TreePath> paths = new ArrayList<>();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            "break",
            "Give paths private copies again.",
            "Files that are hard links of each other inside one root stay so.");
    HelpOption.addTo(spec);
    spec.addOption(
        Options.flag(
            "-n",
            "--dry-run",
            typed -> dryRun = typed,
            "Say how much would be copied; change nothing."));
    storeOption.addTo(spec);
    paceOptions.addTo(spec);
    progressOption.addTo(spec);
    spec.addOption(
        Options.flag(
            "--freeze",
            typed -> freeze = typed,
            "Stop the programs that run in the paths around each batch of exchanges."));
    lockWaitOption.addTo(spec);
    return spec.addPositional(
        Options.paths("PATH", 1, typed -> paths = typed, "A file, or a directory with all below.")
            .build());
  }

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    var request =
        new BreakRequest(
            dryRun ? RunMode.DRY : RunMode.REAL,
            paths,
            storeOption.stores,
            lockWaitOption.lockWait,
            freeze ? FreezeChoice.FREEZE : FreezeChoice.RUN_ON,
            paceOptions.restraints(Optional.empty()));
    BreakReport report =
        new StoreRun(session, progressOption.progress)
            .run((operations, told, stop) -> operations.breakSharing(request, told, stop));
    for (TreePath refused : report.refused()) {
      session.message(
          refused + ": no private copy: in use or changed meanwhile; left shared, try again");
    }
    session.out().println(headline(report));
    return new StoreRun(session).code(report.problems(), report.interrupted());
  }

  private static String headline(BreakReport report) {
    String paths = Figures.count(report.broken(), "path");
    String bytes = Figures.bytes(report.copiedBytes());
    return switch (report.mode()) {
      case DRY -> "would give " + paths + " private copies: " + bytes + " more on disk";
      case REAL -> "gave " + paths + " private copies: " + bytes;
    };
  }
}
