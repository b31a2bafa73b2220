package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.ArrayList;
import java.util.List;

/// The root file systems of Incus's and LXD's containers, which lie in storage pools. Those of
/// virtual machines are images and are left alone.
final class IncusRoots implements EngineRoots {

  private final EngineHost host;

  IncusRoots(EngineHost host) {
    this.host = host;
  }

  @Override
  public List<TreePath> homes() {
    List<TreePath> homes = new ArrayList<>();
    homes.add(host.variable("INCUS_DIR").orElseGet(() -> host.at("/var/lib/incus")));
    homes.add(host.variable("LXD_DIR").orElseGet(() -> host.at("/var/lib/lxd")));
    homes.add(host.at("/var/snap/lxd/common/lxd"));
    return homes;
  }

  @Override
  public boolean find(TreePath home, Finds finds) throws ConfigurationException {
    TreePath pools = home.child("storage-pools");
    if (!host.isDirectory(pools)) {
      return false;
    }
    for (var pool : host.names(pools)) {
      TreePath containers = pools.resolve(pool).child("containers");
      for (var name : host.names(containers)) {
        TreePath rootfs = containers.resolve(name).child("rootfs");
        var tree = FoundTree.whole(ContainerEngine.INCUS, rootfs, name.toString());
        finds.trees.add(
            host.isDirectory(rootfs)
                ? tree
                : tree.but("not mounted: pools of this kind show it only while it runs"));
      }
    }
    return true;
  }
}
