package dev.hashify.engine;

import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Mounts;
import dev.hashify.store.Access;
import dev.hashify.store.LockHolder;
import dev.hashify.store.Store;
import dev.hashify.store.StoreException;
import dev.hashify.store.StorePlace;
import dev.hashify.store.StorePlace.GivenStore;
import dev.hashify.store.StorePlace.PlacedRoot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out which store serves which roots, and opens stores.
final class StoreOpener {

  /// How long to wait between two tries for a store that is in use.
  private static final long RETRY_MILLIS = 200;

  private final Environment environment;
  private final Duration lockWait;
  private final Cancellation cancellation;

  StoreOpener(Environment environment, Duration lockWait, Cancellation cancellation) {
    this.environment = environment;
    this.lockWait = lockWait;
    this.cancellation = cancellation;
  }

  /// A place for a store and the roots it serves.
  ///
  /// @param device that of the store: on Btrfs, of its subvolume
  record Placement(TreePath path, List<OpenRoot> roots, long device) {
    Placement {
      roots = List.copyOf(roots);
    }

    Placement with(List<OpenRoot> others) {
      return new Placement(path, others, device);
    }

    /// There is one for each path.
    @Override
    public int hashCode() {
      return path.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Placement placement
          && path.equals(placement.path)
          && roots.equals(placement.roots)
          && device == placement.device;
    }
  }

  /// The placements of all roots, in the order of the roots, and problems of roots that have none.
  record Placements(List<Placement> all, List<FileProblem> problems) {}

  /// Decides the place of each root's store.
  ///
  /// @throws RunException.Unusable if a given store cannot be looked at
  Placements place(List<OpenRoot> roots, List<TreePath> given) throws RunException {
    return place(roots, given, roots.stream().map(OpenRoot::path).toList());
  }

  /// As [#place], for stores that exist already: they may lie below what is named. If none is given
  /// for a root, it is the nearest one in a directory above the root, as where layers of an engine
  /// keep theirs, else that at the usual place.
  Placements placeExisting(List<OpenRoot> roots, List<TreePath> given) throws RunException {
    Map<OpenRoot, GivenStore> nearest = new HashMap<>();
    for (var root : roots) {
      nearestStore(root).ifPresent(store -> nearest.put(root, store));
    }
    return place(roots, given, nearest, List.of());
  }

  private Placements place(List<OpenRoot> roots, List<TreePath> given, List<TreePath> paths)
      throws RunException {
    return place(roots, given, Map.of(), paths);
  }

  private Placements place(
      List<OpenRoot> roots,
      List<TreePath> given,
      Map<OpenRoot, GivenStore> nearest,
      List<TreePath> paths)
      throws RunException {
    Mounts mounts = readMounts();
    List<GivenStore> stores = new ArrayList<>();
    for (var path : given) {
      stores.add(given(path));
    }
    Map<TreePath, List<OpenRoot>> byPlace = new LinkedHashMap<>();
    Map<TreePath, Long> devices = new HashMap<>();
    List<FileProblem> problems = new ArrayList<>();
    for (var root : roots) {
      var placed = new PlacedRoot(root.path(), root.stat().mountId());
      boolean isGiven = stores.stream().anyMatch(store -> store.mountId() == placed.mountId());
      List<GivenStore> known =
          nearest.containsKey(root) && !isGiven ? List.of(nearest.get(root)) : stores;
      StorePlace place = StorePlace.of(mounts.all(), placed, known, paths);
      Optional<String> objection =
          place instanceof StorePlace.At(TreePath path, var _)
              ? objection(path, devices)
              : Optional.of(place.text());
      if (objection.isPresent()) {
        problems.add(
            new FileProblem(
                root.given(), "root not used", objection.get(), "the other roots are done"));
      } else if (place instanceof StorePlace.At(TreePath path, var _)) {
        byPlace.computeIfAbsent(path, _ -> new ArrayList<>()).add(root);
      }
    }
    List<Placement> all = new ArrayList<>();
    byPlace.forEach(
        (path, served) -> all.add(new Placement(path, served, devices.getOrDefault(path, 0L))));
    return new Placements(all, problems);
  }

  /// The store in the nearest directory above the root that is on its mount. One of another user is
  /// none: he could have put it there for others to find.
  private Optional<GivenStore> nearestStore(OpenRoot root) {
    TreePath above = root.path();
    while (above.length() > 1) {
      above = above.parent();
      TreePath path = above.child(StorePlace.NAME);
      try (var directory = environment.linux().open().directory(path)) {
        FileStat stat = environment.linux().stat().of(directory);
        if (stat.mountId() != root.stat().mountId()) {
          return Optional.empty();
        }
        if (stat.uid() == environment.linux().volumes().effectiveUser()) {
          return Optional.of(new GivenStore(path, stat.mountId()));
        }
      } catch (ErrnoException _) {
        // None here.
      }
    }
    return Optional.empty();
  }

  private static Mounts readMounts() throws RunException {
    try {
      return Mounts.read();
    } catch (IOException failed) {
      throw new RunException.Unusable(
          "/proc/self/mountinfo: not read: " + failed.getMessage() + "; nothing was touched");
    }
  }

  private GivenStore given(TreePath path) throws RunException {
    try (var nearest = nearest(path)) {
      TreePath real = environment.linux().open().realPath(nearest.descriptor());
      FileStat stat = environment.linux().stat().of(nearest.descriptor());
      TreePath full = nearest.isParent() ? real.child(path.name()) : real;
      return new GivenStore(full, stat.mountId());
    } catch (ErrnoException failed) {
      throw new RunException.Unusable(
          path
              + ": no store there: "
              + failed.why()
              + "; nothing was touched, give a directory whose parent exists");
    }
  }

  /// A directory, or its parent if it is yet to be made: asked once, so that it is not taken for
  /// missing where it only could not be opened.
  private record Nearest(Descriptor descriptor, boolean isParent) implements AutoCloseable {
    @Override
    public void close() {
      descriptor.close();
    }
  }

  private Nearest nearest(TreePath path) throws ErrnoException {
    try {
      return new Nearest(environment.linux().open().directory(path), false);
    } catch (ErrnoException failed) {
      if (!failed.is(Errno.ENOENT)) {
        throw failed;
      }
    }
    TreePath parent = path.parent().isEmpty() ? TreePath.of(".") : path.parent();
    return new Nearest(environment.linux().open().directory(parent), true);
  }

  /// Why no store can be at `path`, if none can; else notes the device it is on.
  private Optional<String> objection(TreePath path, Map<TreePath, Long> devices) {
    if (devices.containsKey(path)) {
      return Optional.empty();
    }
    try (var nearest = nearest(path)) {
      devices.put(path, environment.linux().stat().of(nearest.descriptor()).device());
      return Optional.empty();
    } catch (ErrnoException failed) {
      return Optional.of(path + ": no store can be there: " + failed.why());
    }
  }

  /// Opens a store for changing, waiting for another run if asked to.
  Store openForChange(TreePath path) throws RunException, InterruptedException {
    return open(path, Access.CHANGE)
        .orElseThrow(() -> new RunException.StoreUnusable(path + ": no store could be made"));
  }

  /// Opens a store for reading; empty if there is none.
  Optional<Store> openForReading(TreePath path) throws RunException, InterruptedException {
    return open(path, Access.READ);
  }

  /// Empty if there is no store, although there may be an empty directory for one.
  private Optional<Store> open(TreePath path, Access access)
      throws RunException, InterruptedException {
    Instant started = environment.clock().instant();
    var holder = new LockHolder(ProcessHandle.current().pid(), started, environment.command());
    while (true) {
      try {
        return Optional.of(Store.open(environment.linux(), path, access, holder));
      } catch (StoreException failed) {
        if (failed.kind() == StoreException.Kind.MISSING) {
          return Optional.empty();
        }
        boolean isInUse = failed.kind() == StoreException.Kind.IN_USE;
        Instant now = environment.clock().instant();
        boolean isOver = now.isAfter(started.plus(lockWait)) || cancellation.isRequested();
        if (isInUse && !isOver && !lockWait.isZero()) {
          Thread.sleep(RETRY_MILLIS);
        } else {
          throw inTermsOfRun(failed);
        }
      }
    }
  }

  private static RunException inTermsOfRun(StoreException failed) {
    String message = String.valueOf(failed.getMessage());
    return switch (failed.kind()) {
      case IN_USE -> new RunException.StoreInUse(message);
      case NOT_A_STORE, NEWER_FORMAT, MISSING, UNUSABLE ->
          new RunException.StoreUnusable(message, failed);
    };
  }
}
