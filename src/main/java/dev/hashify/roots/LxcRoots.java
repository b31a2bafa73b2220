package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The root file systems of LXC's containers, by `lxc.conf` (lxc.system.conf(5)) and the `config`
/// of each container (lxc.container.conf(5)).
final class LxcRoots implements EngineRoots {

  private final EngineHost host;

  LxcRoots(EngineHost host) {
    this.host = host;
  }

  @Override
  public List<TreePath> homes() throws ConfigurationException {
    boolean isUsers = host.unprivilegedUser().isPresent();
    TreePath file =
        isUsers
            ? host.ofUser("XDG_CONFIG_HOME", ".config").resolve(TreePath.of("lxc/lxc.conf"))
            : host.at("/etc/lxc/lxc.conf");
    Optional<String> given = settings(file).map(settings -> settings.get("lxc.lxcpath"));
    TreePath usual =
        isUsers ? host.home().resolve(TreePath.of(".local/share/lxc")) : host.at("/var/lib/lxc");
    TreePath home = given.map(ByteText::path).orElse(usual);
    if (!home.isAbsolute()) {
      throw new ConfigurationException(file, "lxc.lxcpath: '" + home + "' is not an absolute path");
    }
    return List.of(home);
  }

  @Override
  public boolean find(TreePath home, Finds finds) throws ConfigurationException {
    for (var name : host.names(home)) {
      TreePath container = home.resolve(name);
      if (host.isFile(container.child("config"))) {
        finds.trees.add(container(container, name.toString()));
      }
    }
    return true;
  }

  private FoundTree container(TreePath container, String name) {
    TreePath usual = container.child("rootfs");
    var tree = FoundTree.whole(ContainerEngine.LXC, usual, name);
    try {
      var settings = settings(container.child("config")).orElse(Map.of());
      String given =
          settings.getOrDefault("lxc.rootfs.path", settings.getOrDefault("lxc.rootfs", ""));
      if (given.isEmpty()) {
        return tree;
      }
      int colon = given.startsWith("/") ? -1 : given.indexOf(':');
      String kind = colon < 0 ? "dir" : given.substring(0, colon);
      if (!kind.equals("dir") && !kind.equals("btrfs")) {
        return tree.but(
            "its root file system is of the kind '"
                + ByteText.display(kind)
                + "', which is there only while it runs or in several layers");
      }
      TreePath path = ByteText.path(given.substring(colon + 1));
      return path.isAbsolute()
          ? FoundTree.whole(ContainerEngine.LXC, path, name)
          : tree.but("its lxc.rootfs.path '" + path + "' is not an absolute path");
    } catch (ConfigurationException unusable) {
      return tree.but(unusable.file() + ": " + unusable.getMessage());
    }
  }

  /// The last value of each key; empty if there is no such file.
  private Optional<Map<String, String>> settings(TreePath file) throws ConfigurationException {
    Optional<byte[]> content = host.configuration(file);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> settings = new HashMap<>();
    int number = 0;
    for (String line : ByteText.of(content.get()).split("\n", -1)) {
      number++;
      String text = line.strip();
      int equals = text.indexOf('=');
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      if (equals <= 0) {
        throw new ConfigurationException(
            file, number, "'" + ByteText.display(text) + "' is not of the form KEY = VALUE");
      }
      settings.put(text.substring(0, equals).strip(), unquoted(text.substring(equals + 1)));
    }
    return Optional.of(settings);
  }

  private static String unquoted(String value) {
    String text = value.strip();
    boolean isQuoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(0) == text.charAt(text.length() - 1);
    return isQuoted ? text.substring(1, text.length() - 1) : text;
  }
}
