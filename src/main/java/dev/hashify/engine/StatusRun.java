package dev.hashify.engine;

import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.Mounts;
import dev.hashify.report.StatusReport;
import dev.hashify.report.StatusReport.RootState;
import dev.hashify.report.StatusReport.StoreState;
import dev.hashify.select.RuleSet;
import dev.hashify.store.ObjectVisitor;
import dev.hashify.store.Store;
import dev.hashify.store.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says what stores hold and, from the records of the last run of each job, what their roots share.
/// Reads under the shared lock, never the content of a file; of roots only whether they are there.
final class StatusRun {

  /// How many objects without guard are named.
  private static final int NAMED_MAX = 5;

  private final Environment environment;
  private final Linux linux;
  private final StatusRequest request;
  private final RunListener listener;
  private final Cancellation cancellation;

  StatusRun(
      Environment environment,
      StatusRequest request,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.request = request;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  StatusReport run() throws RunException, InterruptedException {
    var opener = new StoreOpener(environment, Duration.ZERO, cancellation);
    List<StoreState> states = new ArrayList<>();
    for (var path : stores(opener)) {
      Optional<Store> existing = opener.openForReading(path);
      if (existing.isEmpty()) {
        throw new RunException.StoreUnusable(path + ": there is no store");
      }
      states.add(state(path, existing.get()));
    }
    return new StatusReport(states);
  }

  private List<TreePath> stores(StoreOpener opener) throws RunException {
    if (request.roots().isEmpty()) {
      return StoreList.of(environment, request.stores());
    }
    List<RootRequest> wanted = new ArrayList<>();
    for (var path : request.roots()) {
      wanted.add(new RootRequest(path, RuleSet.of(List.of())));
    }
    try (var roots = OpenRoots.open(linux, wanted)) {
      var placements = opener.placeExisting(roots.all(), request.stores());
      for (FileProblem problem : roots.problems()) {
        listener.note(problem.toString());
      }
      placements.problems().forEach(problem -> listener.note(problem.toString()));
      if (placements.all().isEmpty()) {
        throw new RunException.Unusable("no root could be used");
      }
      return placements.all().stream().map(StoreOpener.Placement::path).toList();
    }
  }

  private StoreState state(TreePath path, Store store) throws RunException {
    try (var session = StoreSession.open(linux, store, Optional.empty());
        var reader = session.index().reader()) {
      session.notes().forEach(listener::note);
      var objects = new Objects(store);
      store.forEachObject(objects);
      return new StoreState(
          path,
          fileSystem(store),
          store.format().guard().isForHardLinks() ? StoreState.HARD_LINKS : StoreState.REFLINKS,
          store.format().guard().text(),
          objects.count,
          objects.bytes,
          objects.unguarded,
          objects.named,
          session.indexWasIncomplete()
              ? "incomplete, the next run looks at everything"
              : "up to date with the last run",
          roots(reader),
          RunHistory.read(reader));
    } catch (IndexException | ErrnoException failed) {
      throw new RunException.StoreUnusable(path + ": " + failed.getMessage(), failed);
    }
  }

  private static String fileSystem(Store store) {
    try {
      return Mounts.read().byId(store.mountId()).map(mount -> mount.type()).orElse("unknown");
    } catch (IOException _) {
      return "unknown";
    }
  }

  private List<RootState> roots(IndexReader reader) throws IndexException {
    Set<TreePath> wanted = new HashSet<>();
    for (var root : request.roots()) {
      try (var directory = linux.open().directory(root)) {
        wanted.add(linux.open().realPath(directory));
      } catch (ErrnoException _) {
        // Told already.
      }
    }
    // What is shared with a root that was not asked for is shared, so all are looked at.
    List<SettledRoots.Entry> known =
        RecordedRun.roots(reader).stream()
            .filter(this::isThere)
            .sorted(Comparator.comparing(SettledRoots.Entry::path))
            .toList();
    return new RecordedRoots(reader, known)
        .read().stream()
            .filter(state -> wanted.isEmpty() || wanted.contains(state.path()))
            .toList();
  }

  /// Whether the root of a job is still the directory that it was: a root that is gone is recorded
  /// until a run of its job finds out.
  private boolean isThere(SettledRoots.Entry root) {
    try (var directory = linux.open().directory(root.path())) {
      return linux.stat().of(directory).inode() == root.inode();
    } catch (ErrnoException failed) {
      // What cannot be looked at is recorded as it was.
      return !failed.is(Errno.ENOENT);
    }
  }

  /// Counts objects.
  private final class Objects implements ObjectVisitor {
    private final Store store;
    private final List<TreePath> named = new ArrayList<>();
    private long count;
    private long bytes;
    private long unguarded;

    Objects(Store store) {
      this.store = store;
    }

    @Override
    public Visit object(StoredObject object) {
      count++;
      bytes += object.sizeBytes();
      if (object.lacks(store.format().guard())) {
        unguarded++;
        if (named.size() < NAMED_MAX) {
          named.add(store.path().child("objects").resolve(TreePath.of(object.name().text())));
        }
      }
      return cancellation.isRequested() ? Visit.STOP : Visit.GO_ON;
    }

    @Override
    public void foreign(TreePath path, String what) {
      // Told when the store is verified.
    }

    @Override
    public void problem(FileProblem problem) {
      listener.note(problem.toString());
    }
  }
}
