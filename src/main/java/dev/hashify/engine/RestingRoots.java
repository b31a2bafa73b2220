package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.os.ProcessTable;
import dev.hashify.os.ProcessTable.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Roots in which no program may live while shared files are without their guard, looked at again
/// and again: what was at rest when a run began may have been started since.
///
/// Only who lives in a root is asked for, a pass of microseconds for each program of the host; who
/// reaches in from outside is looked for when the run begins.
final class RestingRoots {

  private final ProcessTable table;
  private final Map<TreePath, Place> places;

  /// @param places each root as people know it, and where it is
  RestingRoots(ProcessTable table, Map<TreePath, Place> places) {
    this.table = table;
    this.places = new LinkedHashMap<>(places);
  }

  /// The same without some of them.
  RestingRoots without(List<TreePath> roots) {
    Map<TreePath, Place> others = new LinkedHashMap<>(places);
    others.keySet().removeAll(roots);
    return new RestingRoots(table, others);
  }

  /// Those in which a program lives now.
  List<TreePath> busy() {
    if (places.isEmpty()) {
      return List.of();
    }
    List<TreePath> names = List.copyOf(places.keySet());
    var living = table.living(List.copyOf(places.values())).byPlace();
    List<TreePath> busy = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!living.get(i).isEmpty()) {
        busy.add(names.get(i));
      }
    }
    return busy;
  }
}
