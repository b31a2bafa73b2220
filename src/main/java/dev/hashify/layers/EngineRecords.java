package dev.hashify.layers;

import dev.hashify.file.TreePath;
import dev.hashify.layers.JsonRecords.NotUnderstoodException;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the records of container engines say of trees. Each record is read once; one thread.
public final class EngineRecords {

  private static final String SNAPSHOTTER = "io.containerd.snapshotter.v1.";

  private static final TreePath CONTAINERD_RECORDS =
      TreePath.of("io.containerd.metadata.v1.bolt/meta.db");

  /// What the pools of LXD and Incus hold; no other program lays out all of these.
  private static final List<String> POOL =
      List.of("containers", "containers-snapshots", "custom", "images", "virtual-machines");

  private final TreeFiles files;

  /// What is known of directories that were looked at, those without an engine included.
  private final Map<TreePath, Optional<Home>> homes = new HashMap<>();

  public EngineRecords(Linux linux) {
    files = new TreeFiles(linux);
  }

  /// What is known of a tree by its real path.
  private record Home(
      Function<TreePath, TreeRecord> reading, Function<TreePath, List<String>> naming) {}

  /// What is recorded of a tree.
  ///
  /// @param tree its real path: absolute and without symbolic links
  public TreeRecord of(TreePath tree) {
    return above(tree).map(home -> home.reading().apply(tree)).orElse(new TreeRecord.Unmanaged());
  }

  /// What users of the engine call the images and containers that have the tree on top, fit to be
  /// shown.
  ///
  /// @param tree its real path
  public List<String> names(TreePath tree) {
    return above(tree).map(home -> home.naming().apply(tree)).orElse(List.of());
  }

  private Optional<Home> above(TreePath tree) {
    TreePath at = tree;
    while (!at.isEmpty() && at.length() > 1) {
      Optional<Home> home = homes.computeIfAbsent(at, this::home);
      if (home.isPresent()) {
        return home;
      }
      at = at.parent();
    }
    return Optional.empty();
  }

  /// Whether an engine that stacks layers keeps them in the directory.
  public boolean isHome(ContainerEngine engine, TreePath directory) {
    return switch (engine) {
      case PODMAN -> StorageRecords.isHome(files, directory);
      case DOCKER -> DockerRecords.isHome(files, directory);
      case CONTAINERD -> isContainerd(directory);
      case INCUS, LXC, NSPAWN, VSERVER -> false;
    };
  }

  private Optional<Home> home(TreePath directory) {
    if (StorageRecords.isHome(files, directory)) {
      return Optional.of(storage(directory));
    }
    if (DockerRecords.isHome(files, directory)) {
      return Optional.of(docker(directory));
    }
    if (isContainerd(directory)) {
      return Optional.of(containerd(directory));
    }
    if (POOL.stream().allMatch(name -> files.isDirectory(directory.child(name)))) {
      return Optional.of(unread(ContainerEngine.INCUS, directory, "its records are a database"));
    }
    return Optional.empty();
  }

  private Home storage(TreePath home) {
    try {
      var records = StorageRecords.read(files, home);
      return new Home(records::of, records::names);
    } catch (ErrnoException failed) {
      return unread(ContainerEngine.PODMAN, home, failed.why());
    } catch (NotUnderstoodException failed) {
      return unread(ContainerEngine.PODMAN, home, String.valueOf(failed.getMessage()));
    }
  }

  private Home docker(TreePath home) {
    try {
      return new Home(DockerRecords.read(files, home)::of, _ -> List.of());
    } catch (ErrnoException failed) {
      return unread(ContainerEngine.DOCKER, home, failed.why());
    }
  }

  private Home containerd(TreePath home) {
    try {
      var records = SnapshotRecords.read(files, home);
      return new Home(records::of, records::names);
    } catch (ErrnoException failed) {
      return unread(ContainerEngine.CONTAINERD, home, failed.why());
    } catch (BoltFile.NotUnderstoodException failed) {
      return unread(ContainerEngine.CONTAINERD, home, String.valueOf(failed.getMessage()));
    }
  }

  private boolean isContainerd(TreePath directory) {
    boolean isSnapshotter =
        TreePath.of(directory.name()).toString().startsWith(SNAPSHOTTER)
            && files.isDirectory(directory.child("snapshots"));
    return isSnapshotter || files.isFile(directory.resolve(CONTAINERD_RECORDS));
  }

  private static Home unread(ContainerEngine engine, TreePath home, String why) {
    return new Home(_ -> new TreeRecord.Managed(engine, home, why), _ -> List.of());
  }
}
