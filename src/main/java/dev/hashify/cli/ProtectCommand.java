package dev.hashify.cli;

import dev.hashify.engine.ProtectReport;
import dev.hashify.engine.ProtectRequest;
import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.Figures;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `hashify protect`.
final class ProtectCommand implements Command {

  private final StoreOption storeOption = new StoreOption();
  private final LockWaitOption lockWaitOption = new LockWaitOption();
  private List<TreePath> roots = new ArrayList<>();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            this,
            "protect",
            "Put the guard of the roots' stores on all shared files that lack it.",
            "After a release, and after a restore from a backup, which keeps neither flags nor"
                + " seals.");
    HelpOption.addTo(spec);
    storeOption.addTo(spec);
    lockWaitOption.addTo(spec);
    return spec.addPositional(
        Options.paths("ROOT", 1, typed -> roots = typed, "A directory with all below.").build());
  }

  @Override
  public ExitCode run(Session session)
      throws NothingTouchedException, RunException, InterruptedException {
    var request = new ProtectRequest(roots, storeOption.stores, lockWaitOption.lockWait);
    ProtectReport report =
        new StoreRun(session)
            .run((operations, told, stop) -> operations.protect(request, told, stop));
    for (var store : report.stores()) {
      session
          .out()
          .println(
              "store "
                  + store.store()
                  + ": guard "
                  + store.guard()
                  + " put on "
                  + Figures.count(store.objects(), "object"));
    }
    return new StoreRun(session).code(report.problems(), false);
  }
}
