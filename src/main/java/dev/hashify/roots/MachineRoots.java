package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.List;

/// The directories of machines that systemd-nspawn runs (machinectl(1)); images are left alone.
final class MachineRoots implements EngineRoots {

  /// The directory of fsck(8) at the top of a file system, which is no machine to systemd either.
  private static final TreePath LOST_AND_FOUND = TreePath.of("lost+found");

  private final EngineHost host;

  MachineRoots(EngineHost host) {
    this.host = host;
  }

  @Override
  public List<TreePath> homes() {
    return List.of(host.at("/var/lib/machines"));
  }

  @Override
  public boolean find(TreePath home, Finds finds) throws ConfigurationException {
    for (var name : host.names(home)) {
      if (name.equals(LOST_AND_FOUND)) {
        continue;
      }
      TreePath path = home.resolve(name);
      var tree = FoundTree.whole(ContainerEngine.NSPAWN, path, name.toString());
      if (host.isPlainDirectory(home, name)) {
        finds.trees.add(tree);
      } else if (host.isDirectory(path)) {
        finds.trees.add(tree.but("a symbolic link; name what it leads to"));
      }
    }
    return true;
  }
}
