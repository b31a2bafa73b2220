package dev.hashify.roots;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import java.util.List;

/// What engines keep, as their configuration and their directories say.
///
/// @param trees each engine's in the order of their names
/// @param layerStores where the store of layers belongs, so that it is found whether the directory
///   of the layers is mounted onto itself that day or not: podman does that when it is first used
/// @param namedStores directories that an engine's administrator named as stores
/// @param inside directories whose names count as inside, because an older program unified there
/// @param problems what could not be read
/// @param notes engines that were asked for and are not here, and what else is worth a line
public record Findings(
    List<FoundTree> trees,
    List<TreePath> layerStores,
    List<TreePath> namedStores,
    List<TreePath> inside,
    List<FileProblem> problems,
    List<String> notes) {

  public Findings {
    trees = List.copyOf(trees);
    layerStores = List.copyOf(layerStores);
    namedStores = List.copyOf(namedStores);
    inside = List.copyOf(inside);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }
}
