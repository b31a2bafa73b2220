package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.ContainerEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The layers of containers/storage, by `storage.conf` (containers-storage.conf(5)).
final class StorageRoots implements EngineRoots {

  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

  private static final TreePath STORE = TreePath.of(".hashify");

  private final EngineHost host;

  StorageRoots(EngineHost host) {
    this.host = host;
  }

  /// A file and what it says.
  private record Configuration(TreePath file, Toml toml) {}

  @Override
  public List<TreePath> homes() throws ConfigurationException {
    Optional<TreePath> named = host.variable("CONTAINERS_STORAGE_CONF");
    boolean isUsers = host.unprivilegedUser().isPresent();
    Configuration system = systemWide();
    Configuration own = system;
    if (named.isPresent()) {
      own =
          read(named.get())
              .orElseThrow(() ->
                  new ConfigurationException(
                      named.get(), "named by CONTAINERS_STORAGE_CONF, but there is no such file"));
    } else if (isUsers) {
      TreePath file =
          host.ofUser("XDG_CONFIG_HOME", ".config").resolve(TreePath.of("containers/storage.conf"));
      own = read(file).orElse(new Configuration(file, Toml.empty()));
    }
    List<TreePath> homes = new ArrayList<>();
    Optional<TreePath> given = path(own, "storage", "graphroot");
    if (given.isEmpty() && isUsers) {
      given = path(system, "storage", "rootless_storage_path");
    }
    homes.add(given.orElseGet(this::usualHome));
    path(own, "storage", "imagestore").ifPresent(homes::add);
    path(own, "storage", "options", "imagestore").ifPresent(homes::add);
    homes.addAll(paths(own, "storage", "options", "additionalimagestores"));
    return homes;
  }

  private TreePath usualHome() {
    return host.unprivilegedUser().isPresent()
        ? host.ofUser("XDG_DATA_HOME", ".local/share").resolve(TreePath.of("containers/storage"))
        : host.at("/var/lib/containers/storage");
  }

  /// The administrator's file, else the distribution's.
  private Configuration systemWide() throws ConfigurationException {
    Optional<Configuration> changed = read(host.at("/etc/containers/storage.conf"));
    if (changed.isPresent()) {
      return changed.get();
    }
    TreePath shipped = host.at("/usr/share/containers/storage.conf");
    return read(shipped).orElse(new Configuration(shipped, Toml.empty()));
  }

  private Optional<Configuration> read(TreePath file) throws ConfigurationException {
    return host.toml(file).map(toml -> new Configuration(file, toml));
  }

  private Optional<TreePath> path(Configuration configuration, String... key)
      throws ConfigurationException {
    return paths(configuration, key).stream().findFirst();
  }

  private List<TreePath> paths(Configuration configuration, String... key)
      throws ConfigurationException {
    List<TreePath> paths = new ArrayList<>();
    for (String text : configuration.toml().texts(key)) {
      TreePath path = ByteText.path(expand(text));
      if (!path.isEmpty() && !path.isAbsolute()) {
        throw new ConfigurationException(
            configuration.file(), key[key.length - 1] + ": '" + path + "' is not an absolute path");
      }
      if (!path.isEmpty()) {
        paths.add(path);
      }
    }
    return paths;
  }

  private String expand(String text) {
    return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }

  private String value(java.util.regex.MatchResult found) {
    String name = Optional.ofNullable(found.group(1)).orElse(found.group(2));
    return switch (name) {
      case "HOME" -> ByteText.of(host.home().bytes());
      case "UID" -> String.valueOf(host.unprivilegedUser().orElse(0L));
      default -> host.variable(name).map(value -> ByteText.of(value.bytes())).orElse("");
    };
  }

  @Override
  public boolean find(TreePath home, Finds finds) throws ConfigurationException {
    if (!host.records().isHome(ContainerEngine.PODMAN, home)) {
      return false;
    }
    TreePath layers = home.child("overlay");
    if (!host.isDirectory(layers)) {
      finds.notes.add(
          home + ": no layers of overlay there; what other drivers keep is not looked for");
      return true;
    }
    for (var id : host.names(layers)) {
      TreePath layer = layers.resolve(id);
      if (host.isPlainDirectory(layers, id) && host.isDirectory(layer.child("diff"))) {
        finds.trees.add(FoundTree.layer(ContainerEngine.PODMAN, layer.child("diff")));
      }
    }
    // In a directory of somebody else its owner could exchange the store.
    if (host.isOwn(layers)) {
      finds.layerStores.add(layers.resolve(STORE));
    }
    return true;
  }
}
