package dev.hashify.engine;

import dev.hashify.engine.StoreOpener.Placement;
import dev.hashify.file.FileId;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.link.BatchException;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.report.Counts;
import dev.hashify.report.RunMode;
import dev.hashify.report.RunReport;
import dev.hashify.report.StoreSummary;
import dev.hashify.store.Guard;
import dev.hashify.store.Store;
import dev.hashify.walk.WalkItem;
import dev.hashify.walk.Walker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One run over the roots, from opening them to the report.
final class UnifyRun {

  private final Environment environment;
  private final Linux linux;
  private final UnifyRequest request;
  private final Settings settings;
  private final EventSink sink;
  private final Cancellation cancellation;
  private final Tally total = new Tally();
  private final List<StoreRun> stores = new ArrayList<>();
  private final Instant started;

  UnifyRun(
      Environment environment,
      UnifyRequest request,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.request = request;
    this.settings = Settings.of(request);
    this.sink = new EventSink(listener);
    this.cancellation = cancellation;
    this.started = environment.clock().instant();
  }

  RunReport run() throws RunException, InterruptedException {
    try (var roots = OpenRoots.open(linux, request.roots())) {
      problems(roots.problems());
      if (roots.all().isEmpty()) {
        throw new RunException.Unusable("no root could be used; nothing was touched");
      }
      var opener = new StoreOpener(environment, request.lockWait(), cancellation);
      var placements = opener.place(roots.all(), request.stores());
      problems(placements.problems());
      if (placements.all().isEmpty()) {
        throw new RunException.Unusable(
            placements.problems().getFirst() + ": no root could be used; nothing was touched");
      }
      if (request.index().isPresent() && placements.all().size() > 1) {
        throw new RunException.Unusable(
            "--index: the roots need "
                + placements.all().size()
                + " stores, and each has an index of its own; nothing was touched");
      }
      try {
        return run(roots.all(), opener, placements.all());
      } finally {
        close();
      }
    } catch (IndexException failed) {
      throw indexUnusable(failed);
    } catch (IndexUnusableError failed) {
      throw indexUnusable(failed.failure());
    } catch (BatchException failed) {
      throw new RunException.StoreUnusable(String.valueOf(failed.getMessage()), failed);
    } catch (ErrnoException failed) {
      throw new RunException.StoreUnusable("the store failed: " + failed.getMessage(), failed);
    }
  }

  private static RunException indexUnusable(IndexException failed) {
    return new RunException.StoreUnusable(
        "the index failed: " + failed.getMessage() + "; it may be deleted, that costs only time",
        failed);
  }

  private void problems(List<FileProblem> problems) {
    total.otherProblems += problems.size();
    problems.forEach(sink::problem);
  }

  private RunReport run(List<OpenRoot> roots, StoreOpener opener, List<Placement> placements)
      throws RunException, InterruptedException, IndexException, BatchException, ErrnoException {
    boolean guardMissing = false;
    List<Optional<Guard>> guards = new ArrayList<>();
    for (var placement : placements) {
      Optional<Guard> guard = guardAt(opener, placement);
      guards.add(guard);
      guardMissing |= guard.isEmpty();
    }
    RunMode mode = guardMissing ? RunMode.DRY : request.mode();
    for (int i = 0; i < placements.size(); i++) {
      stores.add(
          StoreRun.open(
              new StoreRun.Scope(environment, request, mode, settings, sink, cancellation),
              opener,
              placements.get(i),
              guards.get(i)));
    }
    for (var store : stores) {
      problems(store.takeProblems());
    }
    walk(roots);
    sink.listener().stage(RunListener.Stage.COMPARING);
    for (var store : stores) {
      total.add(store.compare(roots));
    }
    if (mode == RunMode.REAL) {
      finish();
    }
    return report(roots, mode, guardMissing);
  }

  /// The guard for a placement. A dry run needs none.
  private Optional<Guard> guardAt(StoreOpener opener, Placement placement)
      throws RunException, InterruptedException {
    Optional<Guard> asked = GuardDecision.of(request.guard(), Optional.empty());
    if (asked.isPresent()) {
      return asked;
    }
    Optional<Store> store = opener.openForReading(placement.path());
    try {
      return GuardDecision.of(request.guard(), store);
    } finally {
      store.ifPresent(Store::close);
    }
  }

  private void walk(List<OpenRoot> roots) throws InterruptedException {
    sink.listener().stage(RunListener.Stage.WALKING);
    List<StoreWork> workOfRoot = new ArrayList<>();
    Set<FileId> boundaries = new HashSet<>();
    List<WalkItem<RulesAt>> starts = new ArrayList<>();
    for (var root : roots) {
      Optional<StoreRun> store =
          stores.stream().filter(each -> each.work().roots().contains(root)).findFirst();
      boundaries.add(root.stat().id());
      // A root without a store is not walked; its place in the list is never asked for.
      workOfRoot.add(store.orElse(stores.getFirst()).work());
      if (store.isPresent()) {
        var rules = RulesAt.root(root.rules().root());
        starts.add(new WalkItem<>(root.number(), TreePath.EMPTY, root.stat().inode(), rules));
      }
    }
    for (var store : stores) {
      store.directoryId().ifPresent(boundaries::add);
    }
    countNamesInside(boundaries);
    var scope =
        new ScanScope(settings, roots, workOfRoot, sink, boundaries, SwapFiles.read(linux), total);
    var walker = new Walker<RulesAt>(linux, request.threads(), cancellation::isRequested);
    walker.walk(
        roots.stream().map(OpenRoot::descriptor).toList(), starts, () -> new DirectoryScan(scope));
  }

  /// Names in roots are counted by the walk, and no directory counts twice.
  private void countNamesInside(Set<FileId> boundaries) throws InterruptedException {
    Set<FileId> counted = ConcurrentHashMap.newKeySet();
    counted.addAll(boundaries);
    for (var path : request.inside()) {
      try (var directory = linux.open().directory(path)) {
        FileStat inside = linux.stat().of(directory);
        for (var store : stores) {
          long device = store.work().roots().getFirst().stat().device();
          if (device == inside.device() && counted.add(inside.id())) {
            var start = new WalkItem<>(0, TreePath.EMPTY, inside.inode(), path);
            new Walker<TreePath>(linux, 1, cancellation::isRequested)
                .walk(
                    List.of(directory),
                    List.of(start),
                    () ->
                        new InodeCensus(
                            store.work()::addNameInside,
                            inode -> !counted.add(new FileId(device, inode)),
                            problem -> problems(List.of(problem))));
          }
        }
      } catch (ErrnoException failed) {
        problems(
            List.of(
                new FileProblem(
                    path,
                    "not counted as inside",
                    failed.why(),
                    "files with names there are refused")));
      }
    }
  }

  private void finish() throws IndexException, ErrnoException {
    sink.listener().stage(RunListener.Stage.RECORDING);
    for (var store : stores) {
      store.record(started);
    }
    sink.listener().stage(RunListener.Stage.SWEEPING);
    for (var store : stores) {
      store.sweep();
      problems(store.takeProblems());
    }
  }

  private RunReport report(List<OpenRoot> roots, RunMode mode, boolean guardMissing) {
    Counts counts = total.counts();
    List<StoreSummary> summaries = new ArrayList<>();
    List<OpenRoot> used = new ArrayList<>();
    for (var store : stores) {
      summaries.add(store.summary());
      used.addAll(store.work().roots());
    }
    return new RunReport(
        mode,
        roots.stream().filter(used::contains).map(OpenRoot::given).toList(),
        request.ruleLists(),
        counts,
        summaries,
        Duration.between(started, environment.clock().instant()),
        cancellation.isRequested(),
        guardMissing && request.mode() == RunMode.REAL,
        guardMissing ? GuardDecision.choices() : List.of());
  }

  private void close() throws IndexException {
    IndexException first = null;
    for (var store : stores) {
      try {
        store.close();
      } catch (IndexException failed) {
        first = first == null ? failed : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
