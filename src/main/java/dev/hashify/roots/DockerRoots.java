package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.List;
import java.util.Optional;

/// The layers of Docker's own image store, by `daemon.json` (dockerd(8)).
final class DockerRoots implements EngineRoots {

  /// With shifted user ids Docker keeps everything in a directory of that name.
  private static final String USER_AND_GROUP = "[0-9]+\\.[0-9]+";

  private final EngineHost host;

  DockerRoots(EngineHost host) {
    this.host = host;
  }

  @Override
  public List<TreePath> homes() throws ConfigurationException {
    boolean isUsers = host.unprivilegedUser().isPresent();
    TreePath file =
        isUsers
            ? host.ofUser("XDG_CONFIG_HOME", ".config").resolve(TreePath.of("docker/daemon.json"))
            : host.at("/etc/docker/daemon.json");
    Optional<byte[]> content = host.configuration(file);
    if (content.isPresent()) {
      var members = JsonTexts.read(file, content.get());
      String given = members.getOrDefault("data-root", members.getOrDefault("graph", ""));
      if (!given.isEmpty()) {
        TreePath path = TreePath.of(given);
        if (!path.isAbsolute()) {
          throw new ConfigurationException(
              file, "data-root: '" + path + "' is not an absolute path");
        }
        return List.of(path);
      }
    }
    return List.of(
        isUsers
            ? host.ofUser("XDG_DATA_HOME", ".local/share").child("docker")
            : host.at("/var/lib/docker"));
  }

  @Override
  public boolean find(TreePath home, Finds finds) throws ConfigurationException {
    boolean isHere = findLayers(home, finds);
    for (var name : host.names(home)) {
      if (name.toString().matches(USER_AND_GROUP)) {
        isHere |= findLayers(home.resolve(name), finds);
      }
    }
    return isHere;
  }

  private boolean findLayers(TreePath home, Finds finds) throws ConfigurationException {
    if (!host.records().isHome(ContainerEngine.DOCKER, home)) {
      return false;
    }
    TreePath layers = home.child("overlay2");
    if (!host.isDirectory(layers)) {
      finds.notes.add(
          home + ": no layers of overlay2 there; what other drivers keep is not looked for");
    }
    for (var id : host.names(layers)) {
      TreePath layer = layers.resolve(id);
      if (host.isPlainDirectory(layers, id) && host.isDirectory(layer.child("diff"))) {
        finds.trees.add(FoundTree.layer(ContainerEngine.DOCKER, layer.child("diff")));
      }
    }
    return true;
  }
}
