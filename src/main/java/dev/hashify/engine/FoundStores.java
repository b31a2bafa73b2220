package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.Mounts;
import dev.hashify.report.RootsReport.EngineRoot;
import dev.hashify.roots.Findings;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Chooses among the places for stores that engines bring along: at most one for each mount.
///
/// Podman mounts the directory of its layers onto itself when it is first used after a start of the
/// host. Its store is kept in that directory, so that it is the same one before and after; but not
/// where roots of others lie on the same mount, which would then be served from there.
final class FoundStores {

  private final Linux linux;
  private final Findings findings;
  private final Mounts mounts;

  FoundStores(Linux linux, Findings findings, Mounts mounts) {
    this.linux = linux;
    this.findings = findings;
    this.mounts = mounts;
  }

  /// @param beside roots of the same run that are no engine's
  List<TreePath> fitting(List<EngineRoot> roots, List<TreePath> beside) {
    Set<Long> taken = new HashSet<>();
    Set<TreePath> stores = new LinkedHashSet<>();
    for (var store : findings.namedStores()) {
      add(store, taken, stores);
    }
    for (var store : findings.layerStores()) {
      TreePath layers = store.parent();
      Optional<TreePath> point = mountPoint(layers);
      boolean isAlone =
          point.isPresent()
              && beside.stream().noneMatch(root -> mountPoint(root).equals(point))
              && roots.stream()
                  .filter(EngineRoot::isUsable)
                  .filter(root -> root.mount().map(place -> place.point()).equals(point))
                  .allMatch(root -> layers.contains(root.path()));
      if (isAlone) {
        add(store, taken, stores);
      }
    }
    return List.copyOf(stores);
  }

  private void add(TreePath store, Set<Long> taken, Set<TreePath> stores) {
    OptionalLong mount = mountId(store);
    if (mount.isPresent() && taken.add(mount.getAsLong())) {
      stores.add(store);
    }
  }

  private Optional<TreePath> mountPoint(TreePath directory) {
    OptionalLong id = mountId(directory);
    return id.isEmpty()
        ? Optional.empty()
        : mounts.byId(id.getAsLong()).map(mount -> mount.point());
  }

  /// That of the place, or of the directory it is to be made in.
  private OptionalLong mountId(TreePath place) {
    for (var path : List.of(place, place.parent())) {
      try (var directory = linux.open().directory(path)) {
        return OptionalLong.of(linux.stat().of(directory).mountId());
      } catch (ErrnoException _) {
        // The place need not exist yet.
      }
    }
    return OptionalLong.empty();
  }
}
