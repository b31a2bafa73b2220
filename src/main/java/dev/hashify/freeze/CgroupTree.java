package dev.hashify.freeze;

import dev.hashify.file.TreePath;
import dev.hashify.os.Mount;
import dev.hashify.os.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The cgroup v2 hierarchy as this program sees it. On hosts that use both versions it is mounted
/// beside the old hierarchies, often at `/sys/fs/cgroup/unified`.
public final class CgroupTree {

  private static final TreePath TOP = TreePath.of("/");

  private final Path mount;
  private final Path proc;

  /// @param mount where the whole hierarchy is mounted
  /// @param proc `/proc`
  CgroupTree(Path mount, Path proc) {
    this.mount = mount;
    this.proc = proc;
  }

  /// Finds the hierarchy of this host; none if it is not mounted, or only a part of it.
  public static Optional<CgroupTree> find() {
    try {
      for (Mount each : Mounts.read().all()) {
        if (each.type().equals("cgroup2") && each.root().equals(TOP)) {
          return Optional.of(new CgroupTree(Path.of(each.point().toString()), Path.of("/proc")));
        }
      }
    } catch (IOException _) {
      // Without /proc nobody knows of cgroups either.
    }
    return Optional.empty();
  }

  /// Where it is mounted.
  public Path mount() {
    return mount;
  }

  /// Whether new cgroups can be frozen here (Linux 5.2). The top cannot, so it does not tell.
  public boolean knowsFreezing() {
    try (var children = Files.newDirectoryStream(mount, Files::isDirectory)) {
      for (Path child : children) {
        return new Cgroup(child).hasFreezer();
      }
    } catch (IOException _) {
      return false;
    }
    // No cgroup to look at: the version that has all other files has this one too.
    return Files.exists(mount.resolve("cgroup.procs"));
  }

  /// The cgroup of a process; none if it has ended or is outside of our part of the hierarchy.
  Optional<Cgroup> of(int process) {
    return of(Integer.toString(process));
  }

  /// Our own.
  public Optional<Path> own() {
    return of("self").map(Cgroup::directory);
  }

  private Optional<Cgroup> of(String process) {
    try {
      for (String line : Files.readAllLines(proc.resolve(process).resolve("cgroup"))) {
        if (line.startsWith("0::/") && !line.contains("/../") && !line.endsWith("/..")) {
          Path directory = mount.resolve(line.substring("0::/".length()));
          return Files.isDirectory(directory)
              ? Optional.of(new Cgroup(directory))
              : Optional.empty();
        }
      }
    } catch (IOException _) {
      // It has ended.
    }
    return Optional.empty();
  }

  /// Whether a cgroup may be frozen by us: not the top, not our own, none that we are in.
  boolean mayFreeze(Cgroup cgroup) {
    Optional<Path> own = own();
    return own.isPresent()
        && !cgroup.directory().equals(mount)
        && cgroup.directory().startsWith(mount)
        && !own.get().startsWith(cgroup.directory())
        && cgroup.hasFreezer();
  }
}
