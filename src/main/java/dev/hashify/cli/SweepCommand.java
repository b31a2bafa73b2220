package dev.hashify.cli;

import dev.hashify.engine.RunException;
import dev.hashify.engine.StoreRequest;
import dev.hashify.engine.SweepReport;
import dev.hashify.report.Figures;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify gc`.
final class SweepCommand implements Command {

  private final StoreOption storeOption = new StoreOption();
  private final LockWaitOption lockWaitOption = new LockWaitOption();
  private final ProgressOption progressOption = new ProgressOption();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(this, "gc", "Drop the objects of the stores that no path uses any more.");
    HelpOption.addTo(spec);
    storeOption.addTo(spec);
    lockWaitOption.addTo(spec);
    progressOption.addTo(spec);
    return spec;
  }

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
