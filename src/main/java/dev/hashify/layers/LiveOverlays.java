package dev.hashify.layers;

import dev.hashify.file.FileId;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.MountNamespaces;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The overlay mounts of all mount namespaces at one moment, with the directories they are made of.
///
/// A snapshot: a container that starts a moment later is not in it. What starts later finds the
/// layers as they are then, so only the rule about two paths of one inode depends on it.
public final class LiveOverlays {

  private final Linux linux;

  /// Directories that relative paths may have been meant from.
  private final Set<TreePath> bases = new LinkedHashSet<>();

  private final List<Live> mounts = new ArrayList<>();
  private boolean sawAll;

  /// A directory on the host.
  ///
  /// @param path its real path as seen from here; empty if it cannot be reached from here
  public record Tree(FileId id, TreePath path) {

    /// Whether one of the two lies in the other, or they are one. A layer does not go on in what is
    /// mounted on it.
    boolean touches(Tree other) {
      boolean isNested = path.contains(other.path) || other.path.contains(path);
      return id.equals(other.id) || (isNested && id.device() == other.id.device());
    }
  }

  private record Live(OverlayMount mount, List<Tree> lowers, List<Tree> uppers, boolean isWhole) {}

  private LiveOverlays(Linux linux) {
    this.linux = linux;
  }

  /// Reads them, to be asked about `trees`.
  public static LiveOverlays read(Linux linux, List<Tree> trees) {
    return of(linux, trees, MountNamespaces.read());
  }

  /// The same of mounts that were read before.
  public static LiveOverlays of(Linux linux, List<Tree> trees, MountNamespaces namespaces) {
    var overlays = new LiveOverlays(linux);
    for (var tree : trees) {
      TreePath above = tree.path();
      while (above.length() > 1) {
        above = above.parent();
        overlays.bases.add(above);
      }
    }
    overlays.sawAll = namespaces.sawAll();
    for (var namespace : namespaces.all()) {
      for (var mount : namespace.mounts().all()) {
        OverlayMount.of(mount).ifPresent(overlay -> overlays.add(overlay, namespace.process()));
      }
    }
    return overlays;
  }

  private void add(OverlayMount mount, int process) {
    List<Tree> lowers = new ArrayList<>();
    boolean isWhole = true;
    for (var path : mount.lowers()) {
      List<Tree> found = find(path, process);
      lowers.addAll(found);
      isWhole &= !found.isEmpty();
    }
    List<Tree> uppers = mount.upper().map(path -> find(path, process)).orElse(List.of());
    mounts.add(new Live(mount, lowers, uppers, isWhole));
  }

  /// The directories that a path of a mount may mean: whoever mounted it may have seen another root
  /// than this process, and have worked in another directory.
  private List<Tree> find(TreePath path, int process) {
    TreePath proc = TreePath.of("/proc/" + process);
    List<TreePath> places = new ArrayList<>();
    if (path.isAbsolute()) {
      places.add(path);
      places.add(proc.child("root").resolve(TreePath.of("." + path)));
    } else {
      bases.forEach(base -> places.add(base.resolve(path)));
      places.add(proc.child("cwd").resolve(path));
    }
    Set<Tree> found = new LinkedHashSet<>();
    for (var place : places) {
      tree(place).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  private Optional<Tree> tree(TreePath place) {
    try (var directory = linux.open().directory(place)) {
      FileId id = linux.stat().of(directory).id();
      return Optional.of(new Tree(id, pathFromHere(linux.open().realPath(directory), id)));
    } catch (ErrnoException _) {
      return Optional.empty();
    }
  }

  /// The kernel names what lies in another mount namespace by a path that means something else
  /// here.
  private TreePath pathFromHere(TreePath path, FileId id) {
    try (var directory = linux.open().directory(path)) {
      return linux.stat().of(directory).id().equals(id) ? path : TreePath.EMPTY;
    } catch (ErrnoException _) {
      return TreePath.EMPTY;
    }
  }

  /// Where the tree is mounted as a lower layer, or lies in one or has one in it: one mount point;
  /// empty if nowhere.
  public Optional<TreePath> mountOf(Tree tree) {
    return mounts.stream()
        .filter(live -> live.lowers().stream().anyMatch(lower -> lower.touches(tree)))
        .map(live -> live.mount().point())
        .findFirst();
  }

  /// Where the tree is what a mount writes to, or lies in such or has such in it.
  public Optional<TreePath> writerOf(Tree tree) {
    return mounts.stream()
        .filter(live -> live.uppers().stream().anyMatch(upper -> upper.touches(tree)))
        .map(live -> live.mount().point())
        .findFirst();
  }

  /// Why a write through one path of an inode might show through another path of it, in the mounts
  /// that there are of `trees`; empty if that cannot be.
  ///
  /// @param byDefault what the module does in mounts that do not say
  public Optional<String> objectionToTwoPaths(List<Tree> trees, OverlayDefaults byDefault) {
    if (!sawAll) {
      return Optional.of("not all mount namespaces could be read");
    }
    for (var live : mounts) {
      boolean mayBeOurs =
          !live.isWhole()
              || live.lowers().stream().anyMatch(lower -> trees.stream().anyMatch(lower::touches));
      boolean isIndexed =
          live.mount().index().orElse(byDefault.index())
              || live.mount().nfsExport().orElse(byDefault.nfsExport());
      if (mayBeOurs && isIndexed) {
        return Optional.of("the overlay at " + live.mount().point() + " is mounted with an index");
      }
    }
    return Optional.empty();
  }

  /// Whether every process could be asked for its mounts.
  public boolean sawAll() {
    return sawAll;
  }
}
