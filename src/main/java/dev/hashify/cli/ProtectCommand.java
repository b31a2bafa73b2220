package dev.hashify.cli;

import dev.hashify.engine.ProtectReport;
import dev.hashify.engine.ProtectRequest;
import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.Figures;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `hashify protect`.
@Command(
    name = "protect",
    description = {
      "Put the guard of the roots' stores on all shared files that lack it.",
      "After a release, and after a restore from a backup, which keeps neither flags nor seals."
    })
final class ProtectCommand implements dev.hashify.cli.Command {

  @Mixin HelpOption helpOption = new HelpOption();

  @Mixin StoreOption storeOption = new StoreOption();

  @Mixin LockWaitOption lockWaitOption = new LockWaitOption();

  @Parameters(paramLabel = "ROOT", arity = "1..*", description = "A directory with all below.")
  List<TreePath> roots = new ArrayList<>();

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
