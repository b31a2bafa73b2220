package dev.hashify.layers;

import dev.hashify.file.TreePath;

/// What is recorded of a tree.
public sealed interface TreeRecord {

  /// The tree is a layer that its engine never writes to again.
  ///
  /// @param home the engine's directory
  record ReadOnlyLayer(ContainerEngine engine, TreePath home) implements TreeRecord {}

  /// The tree lies in an engine's directory and is no such layer, or cannot be told to be one.
  ///
  /// @param why what it is, as far as that is known
  record Managed(ContainerEngine engine, TreePath home, String why) implements TreeRecord {}

  /// The tree is what a container writes to, or what is being made: never a lower layer only.
  ///
  /// @param why which of the two
  record Written(ContainerEngine engine, TreePath home, String why) implements TreeRecord {

    static final String INCOMPLETE = "a layer that is not complete";

    /// Whether the engine itself has not finished it.
    public boolean isIncomplete() {
      return why.equals(INCOMPLETE);
    }
  }

  /// No engine above it.
  record Unmanaged() implements TreeRecord {}
}
