package dev.hashify.roots;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Findings being gathered.
final class Finds {

  final List<FoundTree> trees = new ArrayList<>();
  final Set<TreePath> layerStores = new LinkedHashSet<>();
  final Set<TreePath> namedStores = new LinkedHashSet<>();
  final Set<TreePath> inside = new LinkedHashSet<>();
  final List<FileProblem> problems = new ArrayList<>();
  final List<String> notes = new ArrayList<>();

  Findings all() {
    return new Findings(
        trees,
        List.copyOf(layerStores),
        List.copyOf(namedStores),
        List.copyOf(inside),
        problems,
        notes);
  }
}
