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
import dev.hashify.report.PastRun;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One run over the roots, from opening them to the report.
final class UnifyRun {

  private final Environment environment;
  private final Linux linux;
  private final UnifyRequest request;
  private final EventSink sink;
  private final Cancellation cancellation;
  private final Tally total = new Tally();
  private final List<StoreRun> stores = new ArrayList<>();

  /// What came of each, in their order.
  private final List<StoreResult> results = new ArrayList<>();

  private final Instant started;
  private final TimeLimit limit;

  /// Why the roots of a store could not be used.
  private String whyNoRoot = "";

  UnifyRun(
      Environment environment,
      UnifyRequest request,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.limit = new TimeLimit(environment.clock(), request.restraints().time());
    this.request = request;
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
      var writable = WritableRoots.of(roots.all(), request.mode());
      writable.notes().forEach(sink::note);
      if (writable.roots().isEmpty()) {
        throw new RunException.Unusable(
            writable.notes().getFirst() + "; no root could be used; nothing was touched");
      }
      var opener = new StoreOpener(environment, request.lockWait(), cancellation);
      var placements = opener.place(writable.roots(), request.stores());
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
      try (var freezing = freezing()) {
        var running =
            new Running(RootProcesses.living(roots.all()), Optional.ofNullable(freezing), limit);
        return run(roots.all(), opener, placements.all(), running);
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

  private @Nullable Freezing freezing() throws RunException {
    boolean isWanted = request.mode() == RunMode.REAL && request.flags().contains(UnifyFlag.FREEZE);
    return isWanted ? Freezing.start() : null;
  }

  private RunReport run(
      List<OpenRoot> roots, StoreOpener opener, List<Placement> placements, Running running)
      throws RunException, InterruptedException, IndexException, BatchException, ErrnoException {
    Map<Placement, Optional<Guard>> guards = new LinkedHashMap<>();
    Set<String> choices = new LinkedHashSet<>();
    for (var placement : placements) {
      switch (decide(opener, placement)) {
        case GuardDecision.Taken(Guard guard) ->
            fitting(placement, guard).ifPresent(fit -> guards.put(fit, Optional.of(guard)));
        case GuardDecision.UserMustChoose(var lines) -> {
          fitting(placement, Guard.NONE).ifPresent(fit -> guards.put(fit, Optional.empty()));
          choices.addAll(lines);
        }
        case GuardDecision.Impossible(String why) -> {
          if (request.mode() == RunMode.REAL) {
            throw new RunException.Unusable(why);
          }
          // What could be saved is worth knowing all the same.
          sink.note("a run that is not dry would be refused: " + why);
          fitting(placement, Guard.NONE).ifPresent(fit -> guards.put(fit, Optional.empty()));
        }
      }
    }
    if (guards.isEmpty()) {
      throw new RunException.Unusable(whyNoRoot + "; no root could be used; nothing was touched");
    }
    boolean guardMissing = guards.containsValue(Optional.<Guard>empty());
    RunMode mode = guardMissing ? RunMode.DRY : request.mode();
    var scope = new StoreRun.Scope(environment, request, mode, sink, cancellation, running);
    for (var entry : guards.entrySet()) {
      open(scope, opener, entry.getKey(), entry.getValue());
    }
    if (stores.isEmpty()) {
      throw new RunException.Unusable("no root could be used; nothing was touched");
    }
    for (var store : stores) {
      problems(store.takeProblems());
    }
    walk(roots);
    sink.meter().begin(RunListener.Stage.COMPARING, stores.size());
    for (var store : stores) {
      results.add(store.compare(roots));
    }
    if (mode == RunMode.REAL) {
      finish();
    }
    return report(roots, mode, List.copyOf(choices));
  }

  private void open(
      StoreRun.Scope scope, StoreOpener opener, Placement placement, Optional<Guard> guard)
      throws RunException, InterruptedException, IndexException, ErrnoException {
    if (!guard.equals(Optional.of(Guard.OVERLAY))) {
      stores.add(StoreRun.open(scope, opener, placement, guard));
      return;
    }
    var admission = new OverlayRules(linux, request).admit(placement.roots());
    admission.notes().forEach(sink::note);
    if (!admission.roots().isEmpty()) {
      var store = StoreRun.open(scope, opener, placement.with(admission.roots()), guard);
      store.limit(admission.paths());
      stores.add(store);
    }
  }

  private GuardDecision decide(StoreOpener opener, Placement placement)
      throws RunException, InterruptedException, ErrnoException {
    Optional<Store> store = opener.openForReading(placement.path());
    try {
      var question =
          new GuardPolicy.Question(placement.path(), placement.roots(), store.map(Store::format));
      var known =
          new SharePolicy.Known(
              question,
              store.isPresent() && SharePolicy.holdsObjects(store.get()),
              linux.volumes().reflinks(placement.roots().getFirst().descriptor()));
      return new SharePolicy(linux, request).decide(known);
    } finally {
      store.ifPresent(Store::close);
    }
  }

  /// The store with the roots that can share in this way; none if no root can.
  private Optional<Placement> fitting(Placement placement, Guard guard) {
    FittingRoots fitting =
        guard.isForHardLinks()
            ? FittingRoots.forInodes(placement)
            : FittingRoots.forBlocks(linux, placement);
    problems(fitting.problems());
    fitting.notes().forEach(sink::note);
    fitting.whyNone().ifPresent(why -> whyNoRoot = why);
    return fitting.placement().roots().isEmpty()
        ? Optional.empty()
        : Optional.of(fitting.placement());
  }

  private void walk(List<OpenRoot> roots) throws InterruptedException {
    // One walk for all stores.
    sink.meter().begin(RunListener.Stage.WALKING, 1);
    sink.meter().expect(entriesExpected(), 0);
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
    var scope = new ScanScope(roots, workOfRoot, sink, boundaries, SwapFiles.read(linux));
    var walker = new Walker<RulesAt>(linux, request.threads(), cancellation::isRequested);
    walker.walk(
        roots.stream().map(OpenRoot::descriptor).toList(), starts, () -> new DirectoryScan(scope));
  }

  /// How many entries of directories the walk will see, by what it saw the last time; 0 if that is
  /// not known of all stores.
  private long entriesExpected() {
    long expected = 0;
    for (var store : stores) {
      long before = store.work().settled().entriesBefore();
      if (before == 0) {
        return 0;
      }
      expected += before;
    }
    return expected;
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
    sink.meter().begin(RunListener.Stage.RECORDING, stores.size());
    for (var store : stores) {
      store.record(started);
    }
    sink.meter().begin(RunListener.Stage.SWEEPING, stores.size());
    for (var store : stores) {
      store.sweep();
      problems(store.takeProblems());
    }
    noteInHistory();
  }

  private void noteInHistory() {
    var end = cancellation.isRequested() ? PastRun.End.STOPPED : PastRun.End.COMPLETE;
    var ended = new StoreResult.Ended(started, elapsed(), end, counts().problems());
    for (int i = 0; i < stores.size(); i++) {
      StoreSummary summary = stores.get(i).summary();
      try {
        Optional<String> objection = results.get(i).note(ended, summary.sweptBytes());
        objection.ifPresent(why -> sink.note(summary.path() + ": history: " + why));
      } catch (IndexException failed) {
        // All that matters to the roots and to the next run has been done and written.
        problems(
            List.of(
                new FileProblem(
                    summary.path(),
                    "this run is not noted in its history",
                    String.valueOf(failed.getMessage()),
                    "the run itself came to its end")));
      }
    }
  }

  private Duration elapsed() {
    return Duration.between(started, environment.clock().instant());
  }

  private Counts counts() {
    return results.stream().map(StoreResult::counts).reduce(total.counts(), Counts::plus);
  }

  private RunReport report(List<OpenRoot> roots, RunMode mode, List<String> choices)
      throws IndexException {
    Counts counts = counts();
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
        elapsed(),
        cancellation.isRequested(),
        !choices.isEmpty() && request.mode() == RunMode.REAL,
        choices,
        new RunFindings(request, results, roots).collect(mode, sink.listener(), cancellation));
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
