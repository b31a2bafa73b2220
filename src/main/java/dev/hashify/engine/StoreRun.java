package dev.hashify.engine;

import dev.hashify.engine.StoreOpener.Placement;
import dev.hashify.file.Errno;
import dev.hashify.file.FileId;
import dev.hashify.file.FileProblem;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.index.ObjectEntry;
import dev.hashify.link.AdoptedObject;
import dev.hashify.link.BatchException;
import dev.hashify.link.BatchRecorder;
import dev.hashify.link.LinkRoot;
import dev.hashify.link.Linker;
import dev.hashify.link.Recovery;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.RunningPrograms;
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
import java.util.function.Supplier;

/// The part of a run that concerns one store and its roots.
final class StoreRun implements AutoCloseable {

  /// Linux allows at least this many names of an inode on every file system hard links are shared
  /// on here; used where there is no store yet to ask.
  private static final int LINKS_MAX_UNKNOWN = 64_000;

  /// Files of one group or batch that are open at a time; larger groups are taken in parts.
  private static final int OPEN_FILES_MAX = 400;

  private static final int OPEN_FILES_MIN = 16;

  /// What the Java machine, the index and the roots themselves have open.
  private static final int OPEN_FILES_RESERVED = 128;

  private final Scope scope;
  private final StoreWork work;
  private final Optional<Guard> guard;
  private final List<FileProblem> problems = new ArrayList<>();
  private long sweptObjects;
  private long sweptBytes;

  /// What all stores of a run share.
  record Scope(
      Environment environment,
      UnifyRequest request,
      RunMode mode,
      Settings settings,
      EventSink sink,
      Cancellation cancellation) {

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
      var settled =
          SettledRoots.read(
              reader, scope.settings(), placement.roots(), scope.environment().random());
      var run =
          new StoreRun(scope, new StoreWork(session, placement.roots(), settled, reader), guard);
      run.begin();
      return run;
    } catch (IndexException | ErrnoException | RuntimeException | Error failed) {
      session.close();
      throw failed;
    }
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

  private void begin() throws ErrnoException, IndexException {
    StoreSession session = work.session();
    for (var note : session.notes()) {
      scope.sink().note(note);
    }
    problems.addAll(session.problems());
    if (scope.mode() == RunMode.DRY) {
      return;
    }
    Store store = session.requireStore();
    var recovered = new Recovery(scope.linux(), store).run();
    problems.addAll(recovered.problems());
    recovered.notes().forEach(scope.sink()::note);
    if (guard.isPresent()) {
      var guarding = new Guarding(store);
      guarding.settle(guard.get()).ifPresent(scope.sink()::note);
      problems.addAll(guarding.problems());
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
    List<FileProblem> taken = List.copyOf(problems);
    problems.clear();
    return taken;
  }

  /// Compares what may be equal, and shares it unless the run is dry.
  ///
  /// @return the figures of the paths that needed a decision
  Tally compare(List<OpenRoot> roots)
      throws IndexException, BatchException, ErrnoException, InterruptedException {
    var request = scope.request();
    var joined = new Tally();
    if (!scope.cancellation().isRequested()) {
      new Partners(work, joined).join();
    }
    KeyGroups groups = KeyGroups.of(work.table(), scope.settings().identity(), surroundings());
    var outcomes = new Outcomes(work, roots, scope.sink(), scope.modeRequest());
    int linksMax =
        work.session().store().isPresent()
            ? work.session().requireStore().linksPerInodeMax()
            : LINKS_MAX_UNKNOWN;
    var examiners =
        new ExaminerScope(
            scope.linux(),
            scope.modeRequest(),
            scope.settings().identity(),
            work,
            outcomes,
            linksMax,
            openFilesMax());
    var programs = work.table().rows() == 0 ? RunningPrograms.none() : RunningPrograms.read();
    var comparing =
        new Comparing(
            examiners,
            groups,
            new MemberFactory(work, groups, programs),
            new CandidateOpener(scope.linux(), scope.modeRequest(), roots),
            scope.cancellation(),
            scope.sink());
    comparing.run(request.threads(), sinks(roots, outcomes));
    if (scope.sink().wantsEveryPath()) {
      new RefusedPaths(work, roots, scope.sink()).tell();
    }
    Tally tally = outcomes.finish();
    tally.add(joined);
    return tally;
  }

  /// How many files of a group each comparing thread may have open: as many again wait in its
  /// batch, and as many directories are opened to share them.
  private int openFilesMax() throws ErrnoException {
    long each =
        (scope.linux().volumes().openFilesMax() - OPEN_FILES_RESERVED)
            / (3L * scope.request().threads());
    return Math.clamp(each, OPEN_FILES_MIN, OPEN_FILES_MAX);
  }

  private KeyGroups.Surroundings surroundings() {
    boolean splitsLinks = scope.settings().splitsLinks();
    return new KeyGroups.Surroundings() {
      @Override
      public boolean isObject(long inode) {
        return work.isObject(inode);
      }

      @Override
      public int namesInside(long inode) {
        return work.namesInside(inode);
      }

      @Override
      public boolean splitsLinks() {
        return splitsLinks;
      }
    };
  }

  private Supplier<ShareSink> sinks(List<OpenRoot> roots, Outcomes outcomes) throws ErrnoException {
    if (scope.mode() == RunMode.DRY) {
      return () -> new CountingSink(work, outcomes);
    }
    List<LinkRoot> linkRoots =
        roots.stream().map(root -> new LinkRoot(root.path(), root.descriptor())).toList();
    var linker =
        new Linker(
            scope.linux(),
            work.session().requireStore(),
            linkRoots,
            guard.orElseThrow(() -> new IllegalStateException("a real run needs a guard")),
            recorder());
    var turn = new Object();
    int filesMax = openFilesMax();
    return () -> new LinkingSink(work, outcomes, linker, turn, filesMax);
  }

  private BatchRecorder recorder() {
    return new BatchRecorder() {
      @Override
      public void adopting() throws BatchException {
        try {
          work.session().indexIsToBeTold();
        } catch (IndexException failed) {
          throw notRecorded(failed);
        }
      }

      @Override
      public void adopted(List<AdoptedObject> objects) throws BatchException {
        recordObjects(objects);
      }

      @Override
      public void abandoned(List<AdoptedObject> objects) throws BatchException {
        var changes = new IndexChanges();
        for (var object : objects) {
          changes.removeObject(work.session().volume(), object.stat().inode());
        }
        try {
          work.session().index().write(changes);
        } catch (IndexException failed) {
          throw notRecorded(failed);
        }
      }
    };
  }

  private void recordObjects(List<AdoptedObject> objects) throws BatchException {
    var changes = new IndexChanges();
    for (var object : objects) {
      var stat = object.stat();
      changes.putObject(
          new ObjectEntry(
              work.session().volume(),
              stat.inode(),
              object.name().text(),
              stat.sizeBytes(),
              stat.modifiedNanos(),
              stat.mode(),
              stat.uid(),
              stat.gid(),
              object.name().key()));
    }
    try {
      // Nobody reads with it while files are compared, and what it sees LMDB cannot free.
      work.reader().refresh();
      work.session().index().write(changes);
      work.session().indexIsTold();
    } catch (IndexException failed) {
      throw notRecorded(failed);
    }
  }

  private BatchException notRecorded(IndexException failed) {
    return new BatchException(
        work.session().place()
            + ": the index was not written: "
            + failed.getMessage()
            + "; nothing of this batch was replaced",
        failed);
  }

  /// Writes down what was learnt. A run that was stopped has not learnt enough.
  ///
  /// @param began when the run began, before anything was read
  void record(Instant began) throws IndexException {
    if (scope.cancellation().isRequested()) {
      return;
    }
    noteDeletedRoots();
    long nanos = began.getEpochSecond() * 1_000_000_000L + began.getNano();
    new IndexUpdate(work, nanos).write();
  }

  /// A root of the last run that is neither given nor there any more took its names along.
  private void noteDeletedRoots() {
    for (var root : work.settled().missing(work.roots())) {
      try (var directory = scope.linux().open().directory(root.path())) {
        if (scope.linux().stat().of(directory).inode() != root.inode()) {
          // Made anew at the same path: the old one is gone.
          work.addGone(root.inode());
        }
      } catch (ErrnoException failed) {
        if (failed.is(Errno.ENOENT)) {
          work.addGone(root.inode());
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
        work.session().notes());
  }

  @Override
  public void close() throws IndexException {
    work.close();
  }
}
