package dev.hashify.engine;

import dev.hashify.engine.StoreOpener.Placement;
import dev.hashify.file.Errno;
import dev.hashify.file.FileId;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.link.BatchException;
import dev.hashify.link.Recovery;
import dev.hashify.link.Standstill;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.RunningPrograms;
import dev.hashify.plan.Identity;
import dev.hashify.plan.KeyGroups;
import dev.hashify.report.RunMode;
import dev.hashify.report.StoreSummary;
import dev.hashify.store.Guard;
import dev.hashify.store.Progress;
import dev.hashify.store.Store;
import dev.hashify.store.SweepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The part of a run that concerns one store and its roots.
final class StoreRun implements AutoCloseable {

  /// Linux allows at least this many names of an inode on every file system hard links are shared
  /// on here; used where there is no store yet to ask.
  private static final int LINKS_MAX_UNKNOWN = 64_000;

  private final Scope scope;
  private final StoreWork work;
  private final Optional<Guard> guard;
  private final List<FileProblem> problems = new ArrayList<>();
  private SharedPaths paths = SharedPaths.ANY;
  private Optional<StoreStandstill> standstill = Optional.empty();
  private Optional<RestingRoots> resting = Optional.empty();
  private boolean timeIsUp;
  private long sweptObjects;
  private long sweptBytes;

  /// What all stores of a run share.
  record Scope(
      Environment environment,
      UnifyRequest request,
      RunMode mode,
      EventSink sink,
      Cancellation cancellation,
      Running running) {

    Linux linux() {
      return environment.linux();
    }

    /// The request with the mode the run really has: one without a guard is dry.
    UnifyRequest modeRequest() {
      return request.withMode(mode);
    }
  }

  private StoreRun(Scope scope, StoreWork work, Optional<Guard> guard) {
    this.scope = scope;
    this.work = work;
    this.guard = guard;
  }

  /// Opens the store and its index, and ends what an interrupted run left.
  static StoreRun open(Scope scope, StoreOpener opener, Placement placement, Optional<Guard> guard)
      throws RunException, InterruptedException, IndexException, ErrnoException {
    StoreSession session = session(scope, opener, placement);
    try {
      IndexReader reader = session.index().reader();
      var settings = Settings.of(scope.request(), extentOf(guard));
      var settled =
          SettledRoots.read(reader, settings, placement.roots(), scope.environment().random());
      var work = new StoreWork(settings, session, placement.roots(), settled, reader);
      var run = new StoreRun(scope, work, guard);
      run.begin();
      return run;
    } catch (IndexException | ErrnoException | RunException | RuntimeException | Error failed) {
      session.close();
      throw failed;
    }
  }

  private static Identity.Extent extentOf(Optional<Guard> guard) {
    return guard.filter(known -> !known.isForHardLinks()).isPresent()
        ? Identity.Extent.BLOCKS
        : Identity.Extent.INODE;
  }

  private static StoreSession session(Scope scope, StoreOpener opener, Placement placement)
      throws RunException, InterruptedException {
    Optional<Store> store =
        scope.mode() == RunMode.REAL
            ? Optional.of(opener.openForChange(placement.path()))
            : opener.openForReading(placement.path());
    return store.isPresent()
        ? StoreSession.open(scope.linux(), store.get(), scope.request().index())
        : StoreSession.none(placement.path(), placement.roots().getFirst().volume());
  }

  private void begin() throws ErrnoException, IndexException, RunException {
    StoreSession session = work.session();
    for (var note : session.notes()) {
      scope.sink().note(note);
    }
    problems.addAll(session.problems());
    if (scope.mode() == RunMode.DRY) {
      return;
    }
    Store store = session.requireStore();
    Freezing.thawLeftBehind(store).ifPresent(scope.sink()::note);
    var recovered = new Recovery(scope.linux(), store).run();
    problems.addAll(recovered.problems());
    recovered.notes().forEach(scope.sink()::note);
    if (work.settings().sharesBlocks()) {
      requireReflinks(store);
    }
    if (guard.isPresent()) {
      requireRest(guard.get());
      var guarding = new Guarding(scope.linux(), store);
      guarding.settle(guard.get()).ifPresent(scope.sink()::note);
      problems.addAll(guarding.problems());
      if (guard.get().isForHardLinks()) {
        SharingRoots.note(scope.linux(), work);
      }
    }
  }

  /// Roots of earlier runs that are not given now share objects, too.
  private void requireRest(Guard wanted) throws RunException, ErrnoException, IndexException {
    List<TreePath> given = work.roots().stream().map(OpenRoot::path).toList();
    List<TreePath> all = new ArrayList<>(given);
    all.addAll(SharingRoots.read(work.reader()));
    boolean freezes = request().flags().contains(UnifyFlag.FREEZE);
    var entry = new GuardWindow(scope.linux(), wanted).require(freezes ? given : List.of(), all);
    entry.note().ifPresent(scope.sink()::note);
    resting = entry.resting().map(roots -> freezes ? roots.without(given) : roots);
  }

  private UnifyRequest request() {
    return scope.request();
  }

  /// Which paths may be names of one inode; any, if nothing is said.
  void limit(SharedPaths wanted) {
    paths = wanted;
  }

  private void requireReflinks(Store store) throws ErrnoException, RunException {
    Optional<String> objection = new ReflinkProbe(scope.linux(), store.tmp()).objection();
    if (objection.isPresent()) {
      throw new RunException.Unusable(
          store.path()
              + ": --share reflink: the kernel does not share blocks here: "
              + objection.get()
              + "; nothing was shared, give --share hardlink");
    }
  }

  StoreWork work() {
    return work;
  }

  /// Which directory the store is, if there is one.
  Optional<FileId> directoryId() {
    return work.session().store().map(store -> new FileId(store.device(), store.directoryInode()));
  }

  /// What went wrong besides files; told once.
  List<FileProblem> takeProblems() {
    standstill.ifPresent(each -> problems.addAll(each.takeProblems()));
    List<FileProblem> taken = List.copyOf(problems);
    problems.clear();
    return taken;
  }

  /// Compares what may be equal, and shares it unless the run is dry.
  ///
  /// @return what came of it
  StoreResult compare(List<OpenRoot> roots)
      throws RunException, IndexException, BatchException, ErrnoException, InterruptedException {
    var joined = new Tally();
    if (!scope.cancellation().isRequested()) {
      new Partners(work, joined).join();
    }
    var surroundings = new NamesAround(work, !scope.cancellation().isRequested());
    KeyGroups groups = KeyGroups.of(work.table(), work.settings().identity(), surroundings);
    var outcomes = new Outcomes(work, roots, scope.sink(), scope.modeRequest());
    int linksMax =
        work.session().store().isPresent()
            ? work.session().requireStore().linksPerInodeMax()
            : LINKS_MAX_UNKNOWN;
    var examiners =
        new ExaminerScope(
            scope.linux(),
            scope.modeRequest(),
            work.settings().identity(),
            work,
            outcomes,
            linksMax,
            OpenFiles.mostForAThread(scope.linux(), scope.request().threads()),
            OpenFiles.mostSmallForAThread(scope.linux(), scope.request().threads()),
            paths == SharedPaths.ANY ? Optional.empty() : Optional.of(ObjectPaths.of(work)),
            new ReadAhead(work));
    examine(examiners, groups, roots);
    if (guard.map(Guard::isForHardLinks).orElse(!work.settings().sharesBlocks())) {
      new OwnerTwins(work.table(), work.settings().identity(), outcomes::isShared).tell();
    }
    if (scope.sink().wantsEveryPath()) {
      new RefusedPaths(work, roots, scope.sink()).tell();
    }
    work.add(outcomes.finish());
    work.add(joined);
    return new StoreResult(work, outcomes);
  }

  private void examine(ExaminerScope examiners, KeyGroups groups, List<OpenRoot> roots)
      throws RunException, IndexException, BatchException, ErrnoException, InterruptedException {
    boolean isForBlocks = work.settings().sharesBlocks();
    // Who has a file open or mapped matters to whoever gets another inode, not other blocks.
    var programs =
        work.table().rows() == 0 || isForBlocks ? RunningPrograms.none() : RunningPrograms.read();
    var members = new MemberFactory(work, groups, programs);
    var ahead = examiners.readAhead();
    var opener = new CandidateOpener(scope.linux(), scope.modeRequest(), roots, ahead);
    int threads = scope.request().threads();
    TimeLimit limit = scope.running().limit();
    if (limit.isSet()) {
      groups.largestFirst();
    }
    Cancellation stop = scope.cancellation().or(limit::isReached);
    ReadingOrder order =
        groups.count() > 0 && PhysicalOrder.isFor(request().disk(), work.roots())
            ? new PhysicalOrder(examiners, groups, members, opener, stop, !limit.isSet())
            : ReadingOrder.asGrouped(groups);
    if (isForBlocks) {
      new CloneStage(examiners, groups, members, opener, stop, scope.sink()).run(threads, order);
    } else {
      var comparing = new Comparing(examiners, groups, members, opener, stop, scope.sink());
      if (scope.mode() == RunMode.DRY) {
        var counting = new CountingSink(scope.linux(), work, examiners.outcomes());
        comparing.run(threads, order, () -> counting);
      } else {
        Linking linking = linking(roots, examiners.outcomes());
        comparing.run(threads, order, linking::sink);
        linking.finish(problems);
      }
    }
    timeIsUp = limit.isReached() && examiners.outcomes().wasInterrupted();
  }

  private Linking linking(List<OpenRoot> roots, Outcomes outcomes)
      throws RunException, ErrnoException {
    Guard wanted = guard.orElseThrow(() -> new IllegalStateException("a real run needs a guard"));
    Store store = work.session().requireStore();
    var freezing = scope.running().freezing();
    standstill =
        freezing.isPresent()
            ? Optional.of(freezing.get().standstill(roots, store, wanted, resting))
            : resting.map(shared -> new RestStandstill(shared, store.path()));
    int most =
        LinkingSink.namesMax(OpenFiles.mostForAThread(scope.linux(), scope.request().threads()));
    return new Linking(
        scope.linux(),
        work,
        outcomes,
        roots,
        wanted,
        standstill.<Standstill>map(each -> each).orElse(Standstill.NONE),
        () -> standstill.map(each -> each.namesMax(most)).orElse(most));
  }

  /// Writes down what was learnt. A run that was stopped has not learnt enough.
  ///
  /// @param began when the run began, before anything was read
  void record(Instant began) throws IndexException, ErrnoException {
    if (scope.cancellation().isRequested()) {
      return;
    }
    syncSharedBlocks();
    noteDeletedRoots();
    long nanos = began.getEpochSecond() * 1_000_000_000L + began.getNano();
    new IndexUpdate(work, nanos).write();
    work.settled().writeCompared(work);
    RecordedRun.of(work, scope.sink().firstProblems()).write(work);
  }

  /// Btrfs syncs the index without what else was done before it, and no time of a file tells that
  /// its blocks are its own again: after a power cut the records would say of files for ever that
  /// they share.
  private void syncSharedBlocks() throws ErrnoException {
    boolean isShared = guard.filter(each -> each == Guard.FILE_SYSTEM).isPresent();
    if (isShared && work.table().directories() > 0) {
      work.session().requireStore().sync();
    }
  }

  /// A root of an earlier run that is neither given nor there any more took its names along.
  private void noteDeletedRoots() {
    for (var root : work.settled().missing(work.roots())) {
      try (var directory = scope.linux().open().directory(root.path())) {
        if (scope.linux().stat().of(directory).inode() != root.inode()) {
          // Made anew at the same path: the old one is gone.
          work.addGone(root.volume(), root.inode());
        }
      } catch (ErrnoException failed) {
        if (failed.is(Errno.ENOENT)) {
          work.addGone(root.volume(), root.inode());
        }
      }
    }
  }

  /// Drops the objects that paths have left.
  void sweep() throws IndexException, ErrnoException {
    boolean isWanted = !scope.request().flags().contains(UnifyFlag.NO_SWEEP);
    if (!isWanted || scope.cancellation().isRequested()) {
      return;
    }
    var sweeping = new Sweeping(work.session());
    SweepResult result;
    if (work.session().indexWasIncomplete()) {
      // A killed run may have left objects without names, and nobody remembers which.
      result = sweeping.all(Progress.UNWATCHED);
    } else if (work.orphans().size() > 0) {
      result = sweeping.orphans(work);
    } else {
      return;
    }
    sweptObjects += result.removed().size();
    sweptBytes += result.freed().bytes();
    problems.addAll(result.problems());
  }

  StoreSummary summary() {
    return new StoreSummary(
        work.session().place(),
        work.roots().stream().map(OpenRoot::given).toList(),
        guard.map(Guard::text).orElse(""),
        sweptObjects,
        sweptBytes,
        notes());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(work.session().notes());
    notes.addAll(scope.running().notes(work.roots()));
    if (timeIsUp) {
      notes.add("the time limit was reached; what was not come to is left for the next run");
    }
    standstill.ifPresent(each -> notes.addAll(each.notes()));
    return notes;
  }

  @Override
  public void close() throws IndexException {
    work.close();
  }
}
