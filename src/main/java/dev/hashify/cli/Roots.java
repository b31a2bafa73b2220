package dev.hashify.cli;

import dev.hashify.engine.RootDirectories;
import dev.hashify.file.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The roots that were named and those found in directories of roots.
final class Roots {

  private Roots() {}

  /// Each root once, in the order given.
  ///
  /// @param found roots that engines keep
  /// @throws NothingTouchedException if a directory of roots cannot be listed or there is no root
  static List<TreePath> of(List<TreePath> named, List<TreePath> parents, List<TreePath> found)
      throws NothingTouchedException {
    Set<TreePath> roots = new LinkedHashSet<>(named);
    List<String> problems = new ArrayList<>();
    for (TreePath parent : parents) {
      try {
        roots.addAll(RootDirectories.in(parent));
      } catch (IOException failure) {
        String why = failure.getMessage();
        problems.add(parent + ": roots not listed: " + why + "; nothing was touched");
      }
    }
    roots.addAll(found);
    if (problems.isEmpty() && roots.isEmpty() && parents.isEmpty()) {
      problems.add(
          "no root to work on: the engines asked for keep none that a run takes; `hashify roots`"
              + " lists what they keep, and why it is left out");
    } else if (problems.isEmpty() && roots.isEmpty()) {
      problems.add(parents.getFirst() + ": no directory in it; there is no root to work on");
    }
    if (!problems.isEmpty()) {
      throw new NothingTouchedException(ExitCode.NOT_DONE, problems);
    }
    return List.copyOf(roots);
  }
}
