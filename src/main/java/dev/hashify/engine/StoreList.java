package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.Mounts;
import dev.hashify.roots.EngineHost;
import dev.hashify.roots.EnginePlace;
import dev.hashify.roots.Findings;
import dev.hashify.roots.RootFinder;
import dev.hashify.store.StorePlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The stores that a request without roots means.
final class StoreList {

  private StoreList() {}

  /// The directories given, or else those at the usual places of all mounts that there are, and
  /// those that are kept with the layers of podman, or that the configuration of VServer names.
  ///
  /// @throws RunException.Unusable if there are none
  static List<TreePath> of(Environment environment, List<TreePath> given) throws RunException {
    if (!given.isEmpty()) {
      return given;
    }
    Set<TreePath> places = new LinkedHashSet<>();
    try {
      for (var mount : Mounts.read().all()) {
        boolean isTop = mount.point().equals(TreePath.of("/"));
        places.add(isTop ? StorePlace.FOR_SLASH : mount.point().child(StorePlace.NAME));
      }
    } catch (IOException failed) {
      throw new RunException.Unusable(
          "/proc/self/mountinfo: not read: " + failed.getMessage() + "; give --store DIR");
    }
    places.addAll(ofEngines(environment.linux()));
    List<TreePath> found = new ArrayList<>();
    for (var place : places) {
      try (var _ = environment.linux().open().directory(place)) {
        found.add(place);
      } catch (ErrnoException _) {
        // No store on that mount.
      }
    }
    if (found.isEmpty()) {
      throw new RunException.Unusable("no store found at the top of any mount; give --store DIR");
    }
    return found;
  }

  /// Those of the system's engines; what users have they name themselves. A configuration that
  /// cannot be read is told when roots are looked for.
  private static List<TreePath> ofEngines(Linux linux) {
    if (!isSystem(linux)) {
      return List.of();
    }
    var engines =
        List.of(
            new EnginePlace(ContainerEngine.PODMAN, Optional.empty()),
            new EnginePlace(ContainerEngine.VSERVER, Optional.empty()));
    Findings findings = new RootFinder(new EngineHost(linux, Map.of())).find(engines);
    List<TreePath> stores = new ArrayList<>(findings.layerStores());
    stores.addAll(findings.namedStores());
    return stores;
  }

  private static boolean isSystem(Linux linux) {
    try {
      return linux.volumes().effectiveUser() == 0;
    } catch (ErrnoException _) {
      return false;
    }
  }
}
