package dev.hashify.cli;

import dev.hashify.engine.RunException;
import dev.hashify.engine.StoreRequest;
import dev.hashify.engine.SweepReport;
import dev.hashify.report.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hashify gc`.
@Command(name = "gc", description = "Drop the objects of the stores that no path uses any more.")
final class SweepCommand implements dev.hashify.cli.Command {

  @Mixin HelpOption helpOption = new HelpOption();

  @Mixin StoreOption storeOption = new StoreOption();

  @Mixin LockWaitOption lockWaitOption = new LockWaitOption();

  @Mixin ProgressOption progressOption = new ProgressOption();

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    var request =
        new StoreRequest(storeOption.stores, StoreRequest.Repair.NO, lockWaitOption.lockWait);
    SweepReport report =
        new StoreRun(session, progressOption.progress)
            .run((operations, told, stop) -> operations.sweep(request, told, stop));
    session
        .out()
        .println(
            "dropped "
                + Figures.count(report.dropped())
                + " of "
                + Figures.count(report.objects(), "object")
                + ", "
                + Figures.bytes(report.reclaimedBytes())
                + " reclaimed");
    return new StoreRun(session).code(report.problems(), report.interrupted());
  }
}
