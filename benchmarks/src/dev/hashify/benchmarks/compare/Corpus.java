package dev.hashify.benchmarks.compare;

import java.nio.file.Path;
import java.util.List;

/// Trees to measure on.
///
/// @param name what the results are called after
/// @param directory holds all of it and nothing else
/// @param roots what is given to the programs
/// @param description what it is made of, for the reader of the results
record Corpus(String name, Path directory, List<Path> roots, String description) {

  Corpus {
    roots = List.copyOf(roots);
  }

  /// The same corpus copied to `copy`.
  Corpus at(Path copy) {
    List<Path> moved =
        roots.stream().map(root -> copy.resolve(directory.relativize(root))).toList();
    return new Corpus(name, copy, moved, description);
  }
}
