package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.List;
import java.util.Optional;

/// The snapshots of containerd's overlay snapshotter, by `config.toml` (containerd-config.toml(5)).
final class ContainerdRoots implements EngineRoots {

  private static final String SNAPSHOTTER = "io.containerd.snapshotter.v1.overlayfs";

  private final EngineHost host;

  ContainerdRoots(EngineHost host) {
    this.host = host;
  }

  @Override
  public List<TreePath> homes() throws ConfigurationException {
    TreePath file = host.at("/etc/containerd/config.toml");
    Toml toml = host.toml(file).orElse(Toml.empty());
    Optional<String> given = toml.text("plugins", SNAPSHOTTER, "root_path");
    if (given.isEmpty()) {
      given = toml.text("root");
    }
    TreePath home = given.map(ByteText::path).orElseGet(() -> host.at("/var/lib/containerd"));
    if (!home.isAbsolute()) {
      throw new ConfigurationException(file, "'" + home + "' is not an absolute path");
    }
    return List.of(home);
  }

  @Override
  public boolean find(TreePath home, Finds finds) throws ConfigurationException {
    TreePath below = home.child(SNAPSHOTTER);
    TreePath snapshotter = host.isDirectory(below) ? below : home;
    TreePath snapshots = snapshotter.child("snapshots");
    if (!host.records().isHome(ContainerEngine.CONTAINERD, snapshotter)
        || !host.isDirectory(snapshots)) {
      return false;
    }
    for (var id : host.names(snapshots)) {
      TreePath snapshot = snapshots.resolve(id);
      if (host.isPlainDirectory(snapshots, id) && host.isDirectory(snapshot.child("fs"))) {
        finds.trees.add(FoundTree.layer(ContainerEngine.CONTAINERD, snapshot.child("fs")));
      }
    }
    return true;
  }
}
