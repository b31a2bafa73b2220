package dev.hashify.engine;

import dev.hashify.engine.StoreRequest.Repair;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.link.Recovery;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.select.RuleSet;
import dev.hashify.store.Finding;
import dev.hashify.store.ObjectName;
import dev.hashify.store.ObjectVisitor.Visit;
import dev.hashify.store.RecordedObject;
import dev.hashify.store.Store;
import dev.hashify.store.Verification;
import dev.hashify.walk.WalkItem;
import dev.hashify.walk.Walker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Verifies stores, and mends what can be mended without touching content.
final class VerifyRun {

  private final Environment environment;
  private final Linux linux;
  private final StoreRequest request;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final StageMeter meter;
  private final List<VerifyReport.Finding> findings = new ArrayList<>();
  private long objects;
  private long bytesRead;

  VerifyRun(
      Environment environment,
      StoreRequest request,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.request = request;
    this.listener = listener;
    this.cancellation = cancellation;
    this.meter = new StageMeter(listener);
  }

  VerifyReport run() throws RunException, InterruptedException {
    var opener = new StoreOpener(environment, request.lockWait(), cancellation);
    List<TreePath> stores = StoreList.of(environment, request.stores());
    meter.begin(RunListener.Stage.VERIFYING, stores.size());
    for (var path : stores) {
      Optional<Store> existing = opener.openForReading(path);
      if (existing.isEmpty()) {
        throw new RunException.StoreUnusable(path + ": there is no store");
      }
      Store store = existing.get();
      if (request.repair() == Repair.YES) {
        store.close();
        store = opener.openForChange(path);
      }
      verify(path, store);
    }
    return new VerifyReport(objects, bytesRead, findings, cancellation.isRequested());
  }

  private void verify(TreePath path, Store store) throws RunException, InterruptedException {
    try (var session = StoreSession.open(linux, store, Optional.empty());
        var reader = session.index().reader()) {
      if (!store.format().guard().isForHardLinks()) {
        listener.note(
            path
                + ": no objects to check: files share blocks, and the file system keeps a write to"
                + " one from the others");
      }
      if (request.repair() == Repair.YES) {
        var recovered = new Recovery(linux, store).run();
        recovered.notes().forEach(listener::note);
        recovered.problems().forEach(this::tell);
        session.problems().forEach(this::tell);
      }
      List<Finding> found = new ArrayList<>();
      long before = bytesRead;
      long objectsBefore = objects;
      var totals = ObjectTotals.of(session, reader);
      meter.expect(totals.objects(), totals.bytes());
      objects +=
          new Verification(store, inode -> recorded(session, reader, inode))
              .run(
                  found::add,
                  (done, bytes) -> {
                    bytesRead = before + bytes;
                    meter.set(objectsBefore + done, bytesRead, () -> path);
                    return cancellation.isRequested() ? Visit.STOP : Visit.GO_ON;
                  });
      tell(session, found, sharers(session, reader, found));
      if (request.repair() == Repair.YES && !cancellation.isRequested()) {
        new dev.hashify.store.Repair(store).guardDamaged();
      }
    } catch (IndexException | ErrnoException failed) {
      throw new RunException.StoreUnusable(path + ": " + failed.getMessage(), failed);
    } catch (IndexUnusableError failed) {
      throw new RunException.StoreUnusable(
          path + ": " + failed.failure().getMessage(), failed.failure());
    }
  }

  private static Optional<RecordedObject> recorded(
      StoreSession session, IndexReader reader, long inode) {
    try {
      return session
          .catalog(reader)
          .byInode(inode)
          .map(entry ->
              new RecordedObject(
                  entry.mode(),
                  entry.uid(),
                  entry.gid(),
                  entry.sizeBytes(),
                  entry.modifiedNanos()));
    } catch (IndexException failed) {
      throw new IndexUnusableError(failed);
    }
  }

  /// The paths that share what was found wanting, in all roots that ever shared.
  private Map<Long, List<TreePath>> sharers(
      StoreSession session, IndexReader reader, List<Finding> found)
      throws IndexException, InterruptedException {
    Map<Long, List<TreePath>> sharers = new HashMap<>();
    if (found.isEmpty()) {
      return sharers;
    }
    var noRules = RuleSet.of(List.of());
    List<RootRequest> wanted =
        SharingRoots.read(reader).stream().map(path -> new RootRequest(path, noRules)).toList();
    try (var roots = OpenRoots.open(linux, wanted)) {
      List<TreePath> paths = roots.all().stream().map(OpenRoot::path).toList();
      var names = new SharedNames(session, reader, paths);
      List<WalkItem<Integer>> starts =
          roots.all().stream()
              .map(root ->
                  new WalkItem<>(root.number(), TreePath.EMPTY, root.stat().inode(), root.number()))
              .toList();
      new Walker<Integer>(linux, 1, cancellation::isRequested)
          .walk(roots.all().stream().map(OpenRoot::descriptor).toList(), starts, () -> names);
      names
          .found()
          .forEach((inode, file) ->
              sharers.put(
                  inode,
                  file.names().stream()
                      .map(name -> paths.get(name.path().root()).resolve(name.path().path()))
                      // A root may have been given in one run, and what it lies in, in another.
                      .distinct()
                      .sorted()
                      .toList()));
    }
    return sharers;
  }

  private void tell(StoreSession session, List<Finding> found, Map<Long, List<TreePath>> sharers)
      throws IndexException {
    for (var finding : found) {
      switch (finding) {
        case Finding.ContentDamaged(var object, long inode, var _) ->
            add(session, object, "content does not match its id", sharers.get(inode))
                .mend(() -> takeOutOfUse(session, object, inode));
        case Finding.MetadataDrifted(var object, long inode, String what) ->
            add(session, object, "metadata is not as recorded: " + what, sharers.get(inode));
        case Finding.GuardMissing(var object, long inode) ->
            add(session, object, "guard missing", sharers.get(inode))
                .mend(() ->
                    new dev.hashify.store.Repair(session.requireStore()).guardAgain(object)
                        ? "guarded again"
                        : "");
        case Finding.Unreadable(var object, long inode, String why) ->
            add(session, object, "cannot be read: " + why, sharers.get(inode));
        case Finding.ForeignEntry(TreePath path, String what) ->
            findings.add(
                new VerifyReport.Finding(
                    path, "not put there by the store: " + what, List.of(), ""));
        case Finding.NotSearched(var problem) -> tell(problem);
      }
    }
  }

  private void tell(FileProblem problem) {
    findings.add(
        new VerifyReport.Finding(
            problem.path(), problem.notDone() + ": " + problem.why(), List.of(), ""));
  }

  private interface Mending {
    String run() throws ErrnoException, IndexException;
  }

  /// A finding that may be mended.
  private final class Added {
    private final int at;

    Added(int at) {
      this.at = at;
    }

    void mend(Mending mending) throws IndexException {
      if (request.repair() == Repair.NO) {
        return;
      }
      VerifyReport.Finding finding = findings.get(at);
      String done;
      try {
        done = mending.run();
      } catch (ErrnoException failed) {
        done = "not mended: " + failed.why();
      }
      findings.set(
          at, new VerifyReport.Finding(finding.object(), finding.what(), finding.sharedBy(), done));
    }
  }

  private Added add(
      StoreSession session,
      ObjectName object,
      String what,
      @org.jspecify.annotations.Nullable List<TreePath> sharedBy) {
    TreePath path = session.place().child("objects").resolve(TreePath.of(object.text()));
    findings.add(new VerifyReport.Finding(path, what, sharedBy == null ? List.of() : sharedBy, ""));
    return new Added(findings.size() - 1);
  }

  private static String takeOutOfUse(StoreSession session, ObjectName object, long inode)
      throws ErrnoException, IndexException {
    session.indexIsToBeTold();
    var place = new dev.hashify.store.Repair(session.requireStore()).takeOutOfUse(object);
    var changes = new IndexChanges();
    changes.removeObject(session.volume(), inode);
    session.index().write(changes);
    session.indexIsTold();
    return place.map(path -> "taken out of use, kept as " + path).orElse("");
  }
}
