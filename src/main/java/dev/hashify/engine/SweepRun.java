package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.link.Recovery;
import dev.hashify.os.ErrnoException;
import dev.hashify.store.ObjectVisitor.Visit;
import dev.hashify.store.Store;
import dev.hashify.store.SweepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Drops all objects of stores that no path uses.
final class SweepRun {

  private final Environment environment;
  private final StoreRequest request;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final List<FileProblem> problems = new ArrayList<>();
  private final StageMeter meter;
  private long objects;
  private long dropped;
  private long freedBytes;

  SweepRun(
      Environment environment,
      StoreRequest request,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.request = request;
    this.listener = listener;
    this.cancellation = cancellation;
    this.meter = new StageMeter(listener);
  }

  SweepReport run() throws RunException, InterruptedException {
    var opener = new StoreOpener(environment, request.lockWait(), cancellation);
    List<TreePath> stores = StoreList.of(environment, request.stores());
    meter.begin(RunListener.Stage.SWEEPING, stores.size());
    for (var path : stores) {
      Optional<Store> existing = opener.openForReading(path);
      if (existing.isEmpty()) {
        throw new RunException.StoreUnusable(path + ": there is no store");
      }
      existing.get().close();
      sweep(path, opener.openForChange(path));
    }
    return new SweepReport(objects, dropped, freedBytes, problems, cancellation.isRequested());
  }

  private static ObjectTotals totals(StoreSession session) throws IndexException {
    try (var reader = session.index().reader()) {
      return ObjectTotals.of(session, reader);
    }
  }

  private void sweep(TreePath path, Store store) throws RunException {
    try (var session = StoreSession.open(environment.linux(), store, Optional.empty())) {
      if (!store.format().guard().isForHardLinks()) {
        listener.note(path + ": nothing to sweep: files share blocks, so there are no objects");
      }
      var recovered = new Recovery(environment.linux(), store).run();
      problems.addAll(recovered.problems());
      recovered.notes().forEach(listener::note);
      problems.addAll(session.problems());
      ObjectTotals totals = totals(session);
      meter.expect(totals.objects(), 0);
      SweepResult result =
          new Sweeping(session)
              .all((done, bytes) -> {
                meter.set(objects + done, 0, () -> path);
                return cancellation.isRequested() ? Visit.STOP : Visit.GO_ON;
              });
      objects += result.looked();
      dropped += result.removed().size();
      freedBytes += result.freed().bytes();
      problems.addAll(result.problems());
    } catch (IndexException | ErrnoException failed) {
      throw new RunException.StoreUnusable(path + ": " + failed.getMessage(), failed);
    }
  }
}
