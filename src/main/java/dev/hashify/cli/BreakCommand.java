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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hashify break`.
@Command(
    name = "break",
    description = {
      "Give paths private copies again.",
      "Files that are hard links of each other inside one root stay so."
    })
final class BreakCommand implements dev.hashify.cli.Command {

  @Mixin HelpOption helpOption = new HelpOption();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Say how much would be copied; change nothing.")
  boolean dryRun;

  @Mixin StoreOption storeOption = new StoreOption();

  @Mixin PaceOptions paceOptions = new PaceOptions();

  @Mixin ProgressOption progressOption = new ProgressOption();

  @Option(
      names = "--freeze",
      description = "Stop the programs that run in the paths around each batch of exchanges.")
  boolean freeze;

  @Mixin LockWaitOption lockWaitOption = new LockWaitOption();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "A file, or a directory with all below.")
  List<TreePath> paths = new ArrayList<>();

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
