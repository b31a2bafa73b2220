package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.os.Mounts;
import dev.hashify.store.StorePlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The stores that a request without roots means.
final class StoreList {

  private StoreList() {}

  /// The directories given, or else those at the usual places of all mounts that there are.
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
    List<TreePath> found = new ArrayList<>();
    for (var place : places) {
      try (var _ = environment.linux().open().directory(place)) {
        found.add(place);
      } catch (dev.hashify.os.ErrnoException _) {
        // No store on that mount.
      }
    }
    if (found.isEmpty()) {
      throw new RunException.Unusable("no store found at the top of any mount; give --store DIR");
    }
    return found;
  }
}
