package dev.hashify.freeze;

import dev.hashify.os.ProcessTable;
import dev.hashify.os.ProcessTable.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which cgroups to freeze so that given processes stand still.
///
/// A cgroup is taken only if every process of it and of all below it lives in one of the roots: no
/// bystander is ever stopped.
///
/// @param toFreeze to be frozen, and thawed again
/// @param foundFrozen somebody else has frozen them, and they are left so
/// @param uncovered processes that cannot be stopped this way
record FreezePlan(List<Cgroup> toFreeze, List<Cgroup> foundFrozen, Set<Integer> uncovered) {

  FreezePlan {
    toFreeze = List.copyOf(toFreeze);
    foundFrozen = List.copyOf(foundFrozen);
    uncovered = Set.copyOf(uncovered);
  }

  private enum Verdict {
    TAKE,
    FROZEN,
    LEAVE
  }

  /// Plans for `processes`.
  ///
  /// @param places all roots whose processes may be stopped
  static FreezePlan of(
      CgroupTree tree, ProcessTable table, List<Place> places, Collection<Integer> processes) {
    Map<Cgroup, Verdict> verdicts = new HashMap<>();
    Set<Integer> uncovered = new TreeSet<>();
    for (int process : processes) {
      Optional<Cgroup> cgroup = tree.of(process);
      Verdict verdict =
          cgroup.isEmpty()
              ? Verdict.LEAVE
              : verdicts.computeIfAbsent(cgroup.get(), it -> judge(it, tree, table, places));
      if (verdict == Verdict.LEAVE) {
        uncovered.add(process);
      }
    }
    List<Cgroup> toFreeze = new ArrayList<>();
    List<Cgroup> foundFrozen = new ArrayList<>();
    verdicts.forEach((cgroup, verdict) -> {
      switch (verdict) {
        case TAKE -> toFreeze.add(cgroup);
        case FROZEN -> foundFrozen.add(cgroup);
        case LEAVE -> {}
      }
    });
    return new FreezePlan(toFreeze, foundFrozen, uncovered);
  }

  private static Verdict judge(
      Cgroup cgroup, CgroupTree tree, ProcessTable table, List<Place> places) {
    try {
      if (!tree.mayFreeze(cgroup)) {
        return Verdict.LEAVE;
      }
      if (cgroup.isAskedToFreeze()) {
        return cgroup.isFrozen() ? Verdict.FROZEN : Verdict.LEAVE;
      }
      return hasOnlyDwellers(cgroup, table, places) ? Verdict.TAKE : Verdict.LEAVE;
    } catch (IOException _) {
      // What cannot be read is not known, and what is not known is not frozen.
      return Verdict.LEAVE;
    }
  }

  /// Whether every process of the cgroup and of all below it lives in one of the places.
  static boolean hasOnlyDwellers(Cgroup cgroup, ProcessTable table, List<Place> places)
      throws IOException {
    List<Integer> processes = cgroup.processes();
    return !processes.contains(0) && table.allLive(processes, places);
  }
}
