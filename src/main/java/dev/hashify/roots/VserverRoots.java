package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.List;
import java.util.Optional;

/// The guests of Linux-VServer that take part in unification, by their configuration on disk.
final class VserverRoots implements EngineRoots {

  private static final TreePath VUNIFY = TreePath.of("apps/vunify");
  private static final TreePath DEFAULTS = TreePath.of(".defaults/apps/vunify");
  private static final TreePath STORE = TreePath.of(".hashify");

  /// What a store of this program has at its top.
  private static final String FORMAT = "format";

  private final EngineHost host;

  VserverRoots(EngineHost host) {
    this.host = host;
  }

  @Override
  public List<TreePath> homes() {
    return List.of(host.at("/etc/vservers"));
  }

  @Override
  public boolean find(TreePath home, Finds finds) throws ConfigurationException {
    for (var name : host.names(home)) {
      TreePath guest = home.resolve(name);
      Optional<TreePath> root = host.real(guest.child("vdir"));
      TreePath vunify = guest.resolve(VUNIFY);
      if (root.isEmpty()) {
        boolean isGuest = host.isDirectory(guest.child("apps"));
        if (isGuest) {
          finds.trees.add(
              FoundTree.whole(ContainerEngine.VSERVER, guest.child("vdir"), name.toString())
                  .but("it leads to no directory"));
        }
      } else if (host.isDirectory(vunify)) {
        finds.trees.add(guest(home, vunify, root.get(), name.toString()));
        addStores(home, vunify, finds);
      } else {
        finds.trees.add(
            FoundTree.whole(ContainerEngine.VSERVER, root.get(), name.toString())
                .but("it does not take part: make the directory " + vunify + " if it shall"));
      }
    }
    return true;
  }

  /// The first list that there is holds alone, as VServer has it.
  private FoundTree guest(TreePath home, TreePath vunify, TreePath root, String name) {
    Optional<TreePath> rules =
        List.of(
                vunify.child("exclude"),
                home.resolve(DEFAULTS).child("exclude"),
                host.at("/usr/lib/util-vserver/defaults/vunify-exclude"))
            .stream()
            .filter(host::isFile)
            .findFirst();
    return new FoundTree(
        ContainerEngine.VSERVER, FoundTree.Kind.WHOLE, root, name, Optional.empty(), rules);
  }

  private void addStores(TreePath home, TreePath vunify, Finds finds)
      throws ConfigurationException {
    TreePath own = vunify.child("hash");
    TreePath links = host.isDirectory(own) ? own : home.resolve(DEFAULTS).child("hash");
    for (var name : host.names(links)) {
      Optional<TreePath> directory = host.real(links.resolve(name));
      if (directory.isEmpty()) {
        continue;
      }
      boolean isOurs = host.isFile(directory.get().child(FORMAT));
      if (isOurs || host.names(directory.get()).isEmpty()) {
        finds.namedStores.add(directory.get());
      } else {
        finds.namedStores.add(directory.get().resolve(STORE));
        finds.inside.add(directory.get());
      }
    }
  }
}
