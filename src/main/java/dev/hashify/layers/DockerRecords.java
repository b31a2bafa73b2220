package dev.hashify.layers;

import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The records of Docker's own image store in one data root. A layer is read-only if its directory
/// is the `cache-id` of an image layer and neither `mount-id` nor `init-id` of a container.
final class DockerRecords {

  private static final List<String> DRIVERS =
      List.of(
          "overlay2", "overlay", "fuse-overlayfs", "btrfs", "zfs", "vfs", "aufs", "devicemapper");

  private final TreePath home;
  private final Set<String> ofImages = new HashSet<>();
  private final Set<String> ofContainers = new HashSet<>();

  private DockerRecords(TreePath home) {
    this.home = home;
  }

  /// Whether the directory is a data root: some driver keeps its layers there. Looked up and not
  /// listed, because any directory above a root is asked and must stay as it is, access time
  /// included.
  static boolean isHome(TreeFiles files, TreePath directory) {
    TreePath image = directory.child("image");
    return DRIVERS.stream()
        .anyMatch(driver -> files.isDirectory(image.child(driver).child("layerdb")));
  }

  static DockerRecords read(TreeFiles files, TreePath home) throws ErrnoException {
    var records = new DockerRecords(home);
    TreePath layers = home.resolve(TreePath.of("image/overlay2/layerdb"));
    TreePath images = layers.child("sha256");
    for (var chain : files.names(images)) {
      records.add(records.ofImages, files.line(images.resolve(chain).child("cache-id")));
    }
    TreePath mounts = layers.child("mounts");
    for (var container : files.names(mounts)) {
      TreePath directory = mounts.resolve(container);
      records.add(records.ofContainers, files.line(directory.child("mount-id")));
      records.add(records.ofContainers, files.line(directory.child("init-id")));
    }
    return records;
  }

  private void add(Set<String> ids, Optional<String> id) {
    id.filter(text -> !text.isEmpty()).ifPresent(ids::add);
  }

  /// What they say of a tree.
  TreeRecord of(TreePath tree) {
    String[] parts = home.relativize(tree).toString().split("/", -1);
    if (parts.length != 3 || !parts[0].equals("overlay2") || !parts[2].equals("diff")) {
      return managed("not the whole of a layer");
    }
    if (ofContainers.contains(parts[1])) {
      return new TreeRecord.Written(
          ContainerEngine.DOCKER, home, "the layer that a container writes to");
    }
    return ofImages.contains(parts[1])
        ? new TreeRecord.ReadOnlyLayer(ContainerEngine.DOCKER, home)
        : managed("a layer that its records do not know");
  }

  private TreeRecord managed(String why) {
    return new TreeRecord.Managed(ContainerEngine.DOCKER, home, why);
  }
}
