package dev.hashify.engine;

import dev.hashify.engine.StoreOpener.Placement;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.link.Recovery;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.select.RuleSet;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.List;

/// Puts the guards of stores on all their objects: after a release, and after a restore from a
/// backup, which keeps neither flags nor seals.
final class ProtectRun {

  private final Environment environment;
  private final Linux linux;
  private final ProtectRequest request;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final List<ProtectReport.Protected> done = new ArrayList<>();
  private final List<FileProblem> problems = new ArrayList<>();

  ProtectRun(
      Environment environment,
      ProtectRequest request,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.request = request;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  ProtectReport run() throws RunException, InterruptedException {
    List<RootRequest> wanted = new ArrayList<>();
    for (var path : request.roots()) {
      wanted.add(new RootRequest(path, RuleSet.of(List.of())));
    }
    try (var roots = OpenRoots.open(linux, wanted)) {
      problems.addAll(roots.problems());
      var opener = new StoreOpener(environment, request.lockWait(), cancellation);
      var placements = opener.placeExisting(roots.all(), request.stores());
      problems.addAll(placements.problems());
      if (placements.all().isEmpty()) {
        throw new RunException.Unusable("no root could be used; nothing was touched");
      }
      for (var placement : placements.all()) {
        protect(opener, placement);
      }
    }
    return new ProtectReport(done, problems);
  }

  private void protect(StoreOpener opener, Placement placement)
      throws RunException, InterruptedException {
    var existing = opener.openForReading(placement.path());
    if (existing.isEmpty()) {
      throw new RunException.Unusable(
          placement.path() + ": there is no store, so there is nothing to protect");
    }
    existing.get().close();
    Store store = opener.openForChange(placement.path());
    try (var session = StoreSession.open(linux, store, java.util.Optional.empty());
        var reader = session.index().reader()) {
      var recovered = new Recovery(linux, store).run();
      problems.addAll(recovered.problems());
      recovered.notes().forEach(listener::note);
      problems.addAll(session.problems());
      List<TreePath> roots = new ArrayList<>(SharingRoots.read(reader));
      placement.roots().forEach(root -> roots.add(root.path()));
      new GuardWindow(linux, store.format().guard())
          .require(List.of(), roots)
          .note()
          .ifPresent(listener::note);
      if (!store.format().guard().isForHardLinks()) {
        listener.note(
            placement.path()
                + ": nothing to protect: files share blocks, and the file system keeps a write to"
                + " one from the others");
      }
      var guarding = new Guarding(linux, store);
      long lacking = guarding.putOnAll();
      problems.addAll(guarding.problems());
      done.add(
          new ProtectReport.Protected(
              placement.path(),
              store.format().guard().text(),
              Math.max(0, lacking - guarding.problems().size())));
    } catch (IndexException | ErrnoException failed) {
      throw new RunException.StoreUnusable(placement.path() + ": " + failed.getMessage(), failed);
    }
  }
}
