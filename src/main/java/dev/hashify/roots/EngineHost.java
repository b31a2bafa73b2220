package dev.hashify.roots;

import dev.hashify.file.TreePath;
import dev.hashify.layers.EngineRecords;
import dev.hashify.layers.TreeFiles;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where engines are looked for.
public final class EngineHost {

  private static final TreePath SLASH = TreePath.of("/");

  private final Linux linux;
  private final TreePath top;
  private final Map<String, TreePath> environment;
  private final TreeFiles files;
  private final EngineRecords records;

  /// This machine.
  ///
  /// @param environment the variables of the caller, which engines heed: bytes by name
  public EngineHost(Linux linux, Map<String, TreePath> environment) {
    this(linux, SLASH, environment);
  }

  /// @param top what `/` is in the places where engines look by themselves
  EngineHost(Linux linux, TreePath top, Map<String, TreePath> environment) {
    this.linux = linux;
    this.top = top;
    this.environment = Map.copyOf(environment);
    files = new TreeFiles(linux);
    records = new EngineRecords(linux);
  }

  /// A place where engines look by themselves, as `/var/lib/machines`.
  TreePath at(String absolute) {
    return top.resolve(TreePath.of(absolute.substring(1)));
  }

  Optional<TreePath> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /// A directory of the user, given by a variable or below the home directory.
  TreePath ofUser(String variable, String belowHome) {
    return variable(variable).orElseGet(() -> home().resolve(TreePath.of(belowHome)));
  }

  TreePath home() {
    return variable("HOME").orElseGet(() -> at("/root"));
  }

  /// Who runs this, if engines of a user's own are meant: those have other places than the
  /// system's.
  Optional<Long> unprivilegedUser() {
    // Set by `podman unshare`, where the user looks like root.
    Optional<Long> behind =
        variable("_CONTAINERS_ROOTLESS_UID")
            .map(TreePath::toString)
            .filter(text -> text.matches("[0-9]{1,10}"))
            .map(Long::valueOf);
    long user = behind.orElseGet(this::effectiveUser);
    return user == 0 ? Optional.empty() : Optional.of(user);
  }

  private long effectiveUser() {
    try {
      return linux.volumes().effectiveUser() & 0xffffffffL;
    } catch (ErrnoException _) {
      // It does not fail on Linux; nobody has this number, so nothing of the system's is taken.
      return 0xffffffffL;
    }
  }

  EngineRecords records() {
    return records;
  }

  boolean isDirectory(TreePath path) {
    return files.isDirectory(path);
  }

  /// Whether it belongs to whoever runs this.
  boolean isOwn(TreePath directory) {
    try (var open = linux.open().directory(directory)) {
      return linux.stat().of(open).uid() == linux.volumes().effectiveUser();
    } catch (ErrnoException _) {
      return false;
    }
  }

  /// The path without symbolic links; empty if it is no directory that can be opened.
  Optional<TreePath> real(TreePath directory) {
    return files.realDirectory(directory);
  }

  /// Whether there is such a file, or a symbolic link to one.
  boolean isFile(TreePath path) {
    try (var file = linux.open().hostFile(path)) {
      return linux.stat().of(file).isRegular();
    } catch (ErrnoException _) {
      return false;
    }
  }

  /// Whether there is a directory of this name, and not a symbolic link to one.
  boolean isPlainDirectory(TreePath parent, TreePath name) {
    try (var open = linux.open().directory(parent);
        var _ = linux.open().subdirectory(open, name.bytes())) {
      return true;
    } catch (ErrnoException _) {
      return false;
    }
  }

  /// The content of a configuration; empty if there is none.
  Optional<byte[]> configuration(TreePath path) throws ConfigurationException {
    try {
      return files.configuration(path);
    } catch (ErrnoException failed) {
      throw new ConfigurationException(path, failed);
    }
  }

  /// The texts of a configuration in TOML; empty if there is none.
  Optional<Toml> toml(TreePath path) throws ConfigurationException {
    Optional<byte[]> content = configuration(path);
    return content.isEmpty() ? Optional.empty() : Optional.of(Toml.parse(path, content.get()));
  }

  /// The names in a directory in the order of their bytes, but those that begin with a dot; none if
  /// there is no such directory.
  List<TreePath> names(TreePath directory) throws ConfigurationException {
    try {
      return files.names(directory).stream()
          .filter(name -> name.byteAt(0) != '.')
          .sorted()
          .toList();
    } catch (ErrnoException failed) {
      throw new ConfigurationException(directory, failed);
    }
  }
}
