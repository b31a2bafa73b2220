package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.Optional;

/// A tree that an engine keeps and that may be a root.
///
/// @param engine whose it is
/// @param kind whether other trees are stacked on it
/// @param path as the engine finds it
/// @param name what the engine's user calls it, fit to be shown; may be empty
/// @param objection why it is no root by the engine's own configuration; empty if it may be one
/// @param rules the list of rules that the engine has for it
public record FoundTree(
    ContainerEngine engine,
    Kind kind,
    TreePath path,
    String name,
    Optional<String> objection,
    Optional<TreePath> rules) {

  /// What a tree is to its engine.
  public enum Kind {
    /// A layer of an image or of a container; the engine's records say which.
    LAYER,

    /// The whole file system of a container.
    WHOLE
  }

  static FoundTree layer(ContainerEngine engine, TreePath path) {
    return new FoundTree(engine, Kind.LAYER, path, "", Optional.empty(), Optional.empty());
  }

  static FoundTree whole(ContainerEngine engine, TreePath path, String name) {
    return new FoundTree(engine, Kind.WHOLE, path, name, Optional.empty(), Optional.empty());
  }

  FoundTree but(String why) {
    return new FoundTree(engine, kind, path, name, Optional.of(why), rules);
  }
}
