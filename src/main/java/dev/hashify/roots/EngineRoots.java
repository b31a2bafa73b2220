package dev.hashify.roots;

import dev.hashify.file.TreePath;
import java.util.List;

/// How one engine keeps its trees.
interface EngineRoots {

  /// The directories it keeps them in, by its own configuration; they need not exist.
  List<TreePath> homes() throws ConfigurationException;

  /// Adds what is in one such directory.
  ///
  /// @return whether it is one at all
  boolean find(TreePath home, Finds finds) throws ConfigurationException;
}
