package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An engine whose roots are wanted.
///
/// @param place its directory, if not the one of its configuration: podman's graph root, Docker's
///   data root, containerd's root, the directory of LXC's containers, of LXD's or Incus's state, of
///   systemd's machines, or VServer's configuration
public record EnginePlace(ContainerEngine engine, Optional<TreePath> place) {

  /// The engine of this word, as `podman`; empty if there is none.
  ///
  /// @param place its directory, if not the one of its configuration
  public static Optional<EnginePlace> of(String word, Optional<TreePath> place) {
    return Stream.of(ContainerEngine.values())
        .filter(engine -> engine.word().equals(word))
        .findFirst()
        .map(engine -> new EnginePlace(engine, place));
  }

  /// The words of all engines.
  public static List<String> words() {
    return Stream.of(ContainerEngine.values()).map(ContainerEngine::word).toList();
  }
}
