package dev.hashify.engine;

import dev.hashify.engine.StoreOpener.Placement;
import dev.hashify.file.ByteCount;
import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.link.BatchException;
import dev.hashify.link.LinkRoot;
import dev.hashify.link.Recovery;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.report.RunMode;
import dev.hashify.select.RuleSet;
import dev.hashify.store.Store;
import dev.hashify.walk.WalkItem;
import dev.hashify.walk.Walker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Breaks or releases what some paths share.
final class BreakRun {

  /// Whether copies are made or guards taken off.
  enum Kind {
    BREAK,
    RELEASE
  }

  private final Environment environment;
  private final Linux linux;
  private final Kind kind;
  private final BreakRequest request;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final StageMeter meter;
  private final List<FileProblem> problems = new ArrayList<>();
  private final List<TreePath> refused = new ArrayList<>();
  private Optional<Freezing> freezing = Optional.empty();
  private Optional<RestingRoots> resting = Optional.empty();
  private long broken;
  private long copiedBytes;

  BreakRun(
      Environment environment,
      Kind kind,
      BreakRequest request,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.kind = kind;
    this.request = request;
    this.listener = listener;
    this.cancellation = cancellation;
    this.meter = new StageMeter(listener);
  }

  BreakReport run() throws RunException, InterruptedException {
    List<RootRequest> wanted = new ArrayList<>();
    List<TreePath> files = new ArrayList<>();
    var noRules = RuleSet.of(List.of());
    for (var path : request.paths()) {
      boolean isDirectory = isDirectory(path);
      TreePath parent = path.parent().isEmpty() ? TreePath.of(".") : path.parent();
      wanted.add(new RootRequest(isDirectory ? path : parent, noRules));
      if (!isDirectory) {
        files.add(path);
      }
    }
    try (var roots = OpenRoots.open(linux, wanted)) {
      problems.addAll(roots.problems());
      if (roots.all().isEmpty()) {
        throw new RunException.Unusable("no path could be used; nothing was touched");
      }
      var opener = new StoreOpener(environment, request.lockWait(), cancellation);
      var placements = opener.placeExisting(roots.all(), request.stores());
      problems.addAll(placements.problems());
      if (placements.all().isEmpty()) {
        throw new RunException.Unusable(placements.problems().getFirst().toString());
      }
      try (var started = freezing()) {
        freezing = Optional.ofNullable(started);
        for (var placement : placements.all()) {
          FittingRoots fitting = FittingRoots.forInodes(placement);
          problems.addAll(fitting.problems());
          if (!fitting.placement().roots().isEmpty()) {
            run(opener, fitting.placement(), roots.all(), files);
          }
        }
      }
    }
    return new BreakReport(
        request.mode(), broken, copiedBytes, refused, problems, cancellation.isRequested());
  }

  private @Nullable Freezing freezing() throws RunException {
    boolean isWanted = request.mode() == RunMode.REAL && request.freeze() == FreezeChoice.FREEZE;
    return isWanted ? Freezing.start() : null;
  }

  private boolean isDirectory(TreePath path) throws RunException {
    try (var _ = linux.open().directory(path)) {
      return true;
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOTDIR)) {
        return false;
      }
      throw new RunException.Unusable(
          path + ": not used: " + failed.why() + "; nothing was touched");
    }
  }

  private void run(
      StoreOpener opener, Placement placement, List<OpenRoot> roots, List<TreePath> files)
      throws RunException, InterruptedException {
    Optional<Store> existing = opener.openForReading(placement.path());
    if (existing.isEmpty()) {
      throw new RunException.Unusable(
          placement.path() + ": there is no store, so nothing is shared through one");
    }
    Store store = existing.get();
    if (request.mode() == RunMode.REAL) {
      store.close();
      store = opener.openForChange(placement.path());
    }
    try (var session = StoreSession.open(linux, store, Optional.empty());
        var reader = session.index().reader()) {
      problems.addAll(session.problems());
      if (request.mode() == RunMode.REAL) {
        Freezing.thawLeftBehind(store).ifPresent(listener::note);
        var recovered = new Recovery(linux, store).run();
        problems.addAll(recovered.problems());
        recovered.notes().forEach(listener::note);
      }
      if (request.mode() == RunMode.REAL) {
        requireRest(store, placement, reader);
      }
      if (store.format().guard().isForHardLinks()) {
        SharedNames names = collect(session, reader, placement, roots, files);
        problems.addAll(names.problems());
        act(session, roots, names);
      } else {
        actOnBlocks(session, placement, roots, files);
      }
    } catch (IndexException | ErrnoException failed) {
      throw new RunException.StoreUnusable(placement.path() + ": " + failed.getMessage(), failed);
    } catch (IndexUnusableError failed) {
      throw new RunException.StoreUnusable(
          placement.path() + ": " + failed.failure().getMessage(), failed.failure());
    } catch (BatchException failed) {
      throw new RunException.StoreUnusable(String.valueOf(failed.getMessage()), failed);
    }
  }

  /// All roots that share objects are without guard while one of them is broken or released.
  private void requireRest(Store store, Placement placement, IndexReader reader)
      throws RunException, IndexException, ErrnoException {
    List<TreePath> given = placement.roots().stream().map(OpenRoot::path).toList();
    List<TreePath> all = new ArrayList<>(SharingRoots.read(reader));
    all.addAll(given);
    boolean freezes = freezing.isPresent();
    var entry =
        new GuardWindow(linux, store.format().guard()).require(freezes ? given : List.of(), all);
    entry.note().ifPresent(listener::note);
    resting = entry.resting().map(roots -> freezes ? roots.without(given) : roots);
  }

  private SharedNames collect(
      StoreSession session,
      IndexReader reader,
      Placement placement,
      List<OpenRoot> roots,
      List<TreePath> files)
      throws InterruptedException, ErrnoException {
    meter.begin(RunListener.Stage.WALKING, 1);
    var names = new SharedNames(session, reader, roots.stream().map(OpenRoot::path).toList());
    List<WalkItem<Integer>> starts = new ArrayList<>();
    for (var root : placement.roots()) {
      boolean isWhole = request.paths().contains(root.given()) && !files.contains(root.given());
      if (isWhole) {
        starts.add(
            new WalkItem<>(root.number(), TreePath.EMPTY, root.stat().inode(), root.number()));
      } else {
        single(names, root, files);
      }
    }
    new Walker<Integer>(linux, 1, cancellation::isRequested)
        .walk(
            roots.stream().map(OpenRoot::descriptor).toList(),
            starts,
            () -> new CountedWalk<>(names, meter, roots));
    return names;
  }

  /// The given files that lie directly in the directory opened for them.
  private void single(SharedNames names, OpenRoot root, List<TreePath> files)
      throws ErrnoException {
    var listing = new DirectoryListing();
    try (var directory = linux.open().directoryBeneath(root.descriptor(), TreePath.EMPTY)) {
      linux.stat().list(directory, listing);
    }
    var item = new WalkItem<>(root.number(), TreePath.EMPTY, root.stat().inode(), root.number());
    for (int i = 0; i < listing.count(); i++) {
      TreePath name = TreePath.of(listing.name(i));
      boolean isWanted =
          files.stream()
              .anyMatch(file ->
                  TreePath.of(file.name()).equals(name) && parentOf(file).equals(root.given()));
      if (isWanted && listing.isRegular(i)) {
        names.look(item, listing, i);
      }
    }
  }

  private static TreePath parentOf(TreePath file) {
    return file.parent().isEmpty() ? TreePath.of(".") : file.parent();
  }

  private void actOnBlocks(
      StoreSession session, Placement placement, List<OpenRoot> roots, List<TreePath> files)
      throws ErrnoException, BatchException, IndexException, RunException, InterruptedException {
    if (kind == Kind.RELEASE) {
      listener.note(
          placement.path()
              + ": nothing to release: files share blocks there, not inodes, and can be written"
              + " and deleted as ever");
      return;
    }
    meter.begin(RunListener.Stage.WALKING, 1);
    var clones = new SharedBlocks(linux, session, roots, request.paths(), files);
    List<Breaking.Together> all = clones.collect(placement.roots(), cancellation::isRequested);
    problems.addAll(clones.problems());
    refused.addAll(clones.refused());
    Breaking breaking = breaking(session, roots);
    breaking.run(all);
    addResults(breaking);
  }

  private Breaking breaking(StoreSession session, List<OpenRoot> roots) throws RunException {
    Optional<StoreStandstill> standstill = Optional.empty();
    if (request.mode() == RunMode.REAL) {
      Store store = session.requireStore();
      standstill =
          freezing.isPresent()
              ? Optional.of(
                  freezing.get().standstill(roots, store, store.format().guard(), resting))
              : resting.map(shared -> new RestStandstill(shared, store.path()));
    }
    return new Breaking(
        linux, session, linkRoots(roots), listener, cancellation, request.mode(), standstill);
  }

  private static List<LinkRoot> linkRoots(List<OpenRoot> roots) {
    return roots.stream().map(root -> new LinkRoot(root.path(), root.descriptor())).toList();
  }

  private void addResults(Breaking breaking) {
    broken += breaking.broken();
    copiedBytes += breaking.copiedBytes();
    refused.addAll(breaking.refused());
    problems.addAll(breaking.problems());
    if (request.mode() == RunMode.DRY) {
      listener.note("needs " + new ByteCount(copiedBytes) + " of disk space");
    }
  }

  private void act(StoreSession session, List<OpenRoot> roots, SharedNames names)
      throws ErrnoException, BatchException, IndexException, RunException {
    switch (kind) {
      case BREAK -> {
        Breaking breaking = breaking(session, roots);
        breaking.run(names);
        addResults(breaking);
      }
      case RELEASE -> {
        meter.begin(RunListener.Stage.RELEASING, 1);
        var releasing = new Releasing(session, request.mode());
        releasing.run(names);
        broken += releasing.released();
        problems.addAll(releasing.problems());
      }
    }
  }
}
