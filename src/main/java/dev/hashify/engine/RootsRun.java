package dev.hashify.engine;

import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.layers.EngineRecords;
import dev.hashify.layers.LiveOverlays;
import dev.hashify.layers.LiveOverlays.Tree;
import dev.hashify.layers.TreeRecord;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.Mounts;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RootsReport.EngineRoot;
import dev.hashify.report.RootsReport.Place;
import dev.hashify.report.RootsReport.State;
import dev.hashify.roots.EngineHost;
import dev.hashify.roots.Findings;
import dev.hashify.roots.FoundTree;
import dev.hashify.roots.RootFinder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the roots of container engines and says what each is. Changes nothing.
///
/// A tree that a container writes to, that its engine has not finished, or of which the engine's
/// records do not say what it is, is never usable: only a layer that is read-only for certain can
/// be given to a run, and whole file systems of containers.
final class RootsRun {

  private final Environment environment;
  private final Linux linux;
  private final RootsRequest request;
  private final Cancellation cancellation;
  private final EngineRecords records;

  RootsRun(Environment environment, RootsRequest request, Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.request = request;
    this.cancellation = cancellation;
    records = new EngineRecords(linux);
  }

  /// A tree that was found, and the directory it is.
  private record Seen(FoundTree found, TreePath path, Optional<FileStat> stat) {
    Tree tree() {
      return new Tree(stat.orElseThrow().id(), path);
    }
  }

  RootsReport run() throws RunException, InterruptedException {
    Findings findings =
        new RootFinder(new EngineHost(linux, request.environment())).find(request.engines());
    List<Seen> seen = new ArrayList<>();
    for (var tree : findings.trees()) {
      seen.add(look(tree));
    }
    Mounts mounts = readMounts();
    LiveOverlays live =
        LiveOverlays.read(
            linux, seen.stream().filter(tree -> tree.stat().isPresent()).map(Seen::tree).toList());
    List<EngineRoot> roots = new ArrayList<>();
    for (var tree : seen) {
      roots.add(root(tree, live, mounts));
    }
    var stores = new FoundStores(linux, findings, mounts).fitting(roots, request.beside());
    if (request.depth() == RootsRequest.Depth.FULL) {
      roots = new RootPrognosis(environment, cancellation).of(roots, stores);
    }
    return new RootsReport(roots, stores, findings.inside(), findings.problems(), findings.notes());
  }

  private static Mounts readMounts() throws RunException {
    try {
      return Mounts.read();
    } catch (IOException failed) {
      throw new RunException.Unusable("/proc/self/mountinfo: not read: " + failed.getMessage());
    }
  }

  private Seen look(FoundTree found) {
    try (var directory = linux.open().directory(found.path())) {
      return new Seen(
          found, linux.open().realPath(directory), Optional.of(linux.stat().of(directory)));
    } catch (ErrnoException failed) {
      String why = found.objection().orElse("it cannot be opened: " + failed.why());
      var left =
          new FoundTree(
              found.engine(),
              found.kind(),
              found.path(),
              found.name(),
              Optional.of(why),
              found.rules());
      return new Seen(left, found.path(), Optional.empty());
    }
  }

  private EngineRoot root(Seen seen, LiveOverlays live, Mounts mounts) {
    FoundTree found = seen.found();
    var judged =
        found.objection().isPresent() || seen.stat().isEmpty()
            ? new Judged(State.UNKNOWN, found.objection())
            : switch (found.kind()) {
              case LAYER -> layer(seen, live);
              case WHOLE -> whole(seen, live);
            };
    Optional<Place> place =
        seen.stat()
            .flatMap(stat -> mounts.byId(stat.mountId()))
            .map(mount -> new Place(mount.type(), mount.point()));
    String name =
        found.name().isEmpty() ? String.join(", ", records.names(seen.path())) : found.name();
    return new EngineRoot(
        found.engine().word(),
        seen.path(),
        name,
        judged.state(),
        place,
        "",
        judged.leftOut(),
        found.rules());
  }

  private record Judged(State state, Optional<String> leftOut) {
    Judged(State state, String leftOut) {
      this(state, Optional.of(leftOut));
    }
  }

  private Judged layer(Seen seen, LiveOverlays live) {
    Optional<TreePath> writer = live.writerOf(seen.tree());
    if (writer.isPresent()) {
      return new Judged(State.WRITTEN, "the overlay at " + writer.get() + " writes to it");
    }
    return switch (records.of(seen.path())) {
      case TreeRecord.ReadOnlyLayer _ ->
          live.mountOf(seen.tree())
              .map(point ->
                  new Judged(
                      State.MOUNTED,
                      "it is a layer of the overlay mounted at "
                          + point
                          + "; stop that container, or give --include-mounted"))
              .orElseGet(() -> new Judged(State.READ_ONLY_LAYER, Optional.empty()));
      case TreeRecord.Written written ->
          new Judged(written.isIncomplete() ? State.INCOMPLETE : State.WRITTEN, written.why());
      case TreeRecord.Managed(var _, var _, var why) -> new Judged(State.UNKNOWN, why);
      case TreeRecord.Unmanaged() ->
          new Judged(State.UNKNOWN, "its engine's records are not where they should be");
    };
  }

  /// Whoever names a container's file system may mean one that lies in a layer that another engine
  /// stacks.
  private Judged whole(Seen seen, LiveOverlays live) {
    Optional<TreePath> writer = live.writerOf(seen.tree());
    if (writer.isPresent()) {
      return new Judged(State.WRITTEN, "the overlay at " + writer.get() + " writes to it");
    }
    return records.of(seen.path()) instanceof TreeRecord.Written(var _, var _, var why)
        ? new Judged(State.WRITTEN, why)
        : new Judged(State.STOPPED, Optional.empty());
  }
}
