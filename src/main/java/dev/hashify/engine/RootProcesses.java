package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.os.ProcessTable;
import dev.hashify.os.ProcessTable.Living;
import dev.hashify.os.ProcessTable.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which programs run in the roots of a run, and which others use their files.
///
/// A snapshot: programs start and end at any time, so this is for what a run says and for the
/// question whether it may begin, never what keeps a write from being lost.
///
/// @param roots one for each root that was asked for, in that order
/// @param sawAll whether every program of the host could be looked at
record RootProcesses(List<OfRoot> roots, boolean sawAll) {

  RootProcesses {
    roots = List.copyOf(roots);
  }

  /// The programs of one root.
  ///
  /// @param root the root as the user named it
  /// @param living ids of the processes whose root directory it is, or a directory in it
  /// @param others ids of the processes outside that work in it, run a program from it, or have
  ///   files of it open or mapped; never this process
  record OfRoot(TreePath root, Set<Integer> living, Set<Integer> others) {
    OfRoot {
      living = Set.copyOf(living);
      others = Set.copyOf(others);
    }

    /// Whether nobody was seen to use it.
    boolean isAtRest() {
      return living.isEmpty() && others.isEmpty();
    }

    /// `/srv/a: 3 programs run in it, 1 from outside uses its files`.
    String line() {
      List<String> parts = new ArrayList<>();
      if (!living.isEmpty()) {
        parts.add(
            living.size() == 1 ? "1 program runs in it" : living.size() + " programs run in it");
      }
      if (!others.isEmpty()) {
        parts.add(
            others.size() == 1
                ? "1 from outside uses its files"
                : others.size() + " from outside use its files");
      }
      return root + ": " + (parts.isEmpty() ? "no program seen" : String.join(", ", parts));
    }
  }

  /// Looks at all programs of the host, once for all roots.
  static RootProcesses read(List<OpenRoot> roots) {
    return read(ProcessTable.ofHost(), roots, Depth.ALL);
  }

  /// Only who lives in the roots: a pass of microseconds for each program of the host.
  static RootProcesses living(List<OpenRoot> roots) {
    return read(ProcessTable.ofHost(), roots, Depth.LIVING);
  }

  /// How much to look at.
  enum Depth {
    LIVING,
    ALL
  }

  static RootProcesses read(ProcessTable table, List<OpenRoot> roots, Depth depth) {
    List<Place> places = new ArrayList<>();
    try {
      for (var root : roots) {
        places.add(place(root));
      }
    } catch (IOException _) {
      // Without /proc nobody can be seen.
      return new RootProcesses(
          roots.stream().map(root -> new OfRoot(root.given(), Set.of(), Set.of())).toList(), false);
    }
    Living living = table.living(places);
    Living using = depth == Depth.ALL ? table.using(places) : living;
    int own = Math.toIntExact(ProcessHandle.current().pid());
    List<OfRoot> found = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      Set<Integer> inside = living.byPlace().get(i);
      Set<Integer> others = new TreeSet<>(using.byPlace().get(i));
      others.removeAll(inside);
      others.remove(own);
      found.add(new OfRoot(roots.get(i).given(), inside, others));
    }
    return new RootProcesses(found, living.sawAll() && using.sawAll());
  }

  static Place place(OpenRoot root) throws IOException {
    return Place.of(root.stat().id(), root.descriptor());
  }

  /// What was seen of one root.
  Optional<OfRoot> of(OpenRoot root) {
    return roots.stream().filter(found -> found.root().equals(root.given())).findFirst();
  }

  /// The roots that somebody uses.
  List<OfRoot> busy() {
    return roots.stream().filter(root -> !root.isAtRest()).toList();
  }
}
