package dev.hashify.layers;

import dev.hashify.file.PathText;
import dev.hashify.file.TreePath;
import dev.hashify.layers.JsonRecords.NotUnderstoodException;
import dev.hashify.os.ErrnoException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The records of containers/storage in one graph root.
///
/// A layer is read-only if it is complete and an image is made of it (as its top, one of its mapped
/// tops, or below one of these) or it lies below the layer of a container; and if it is no
/// container's own layer. A layer that is only listed could be one that is being made.
final class StorageRecords {

  private static final String OVERLAY = "overlay";

  private final TreePath home;
  private final Set<String> layers = new HashSet<>();
  private final Map<String, String> parents = new HashMap<>();
  private final Set<String> incomplete = new HashSet<>();
  private final Set<String> ofContainers = new HashSet<>();
  private final Set<String> finished = new HashSet<>();

  /// What users call the images and containers whose top a layer is, fit to be shown.
  private final Map<String, List<String>> names = new HashMap<>();

  private StorageRecords(TreePath home) {
    this.home = home;
  }

  /// Whether the directory is a graph root.
  static boolean isHome(TreeFiles files, TreePath directory) {
    return files.isFile(directory.resolve(TreePath.of("overlay-layers/layers.json")))
        || files.isFile(directory.resolve(TreePath.of("vfs-layers/layers.json")))
        || files.isFile(directory.resolve(TreePath.of("btrfs-layers/layers.json")))
        || files.isFile(directory.child("storage.lock"));
  }

  /// Reads them.
  ///
  /// @throws NotUnderstoodException if a list is not what it should be
  static StorageRecords read(TreeFiles files, TreePath home)
      throws ErrnoException, NotUnderstoodException {
    var records = new StorageRecords(home);
    for (String name :
        List.of("overlay-layers/layers.json", "overlay-layers/volatile-layers.json")) {
      list(files, home, name).forEach(records::addLayer);
    }
    for (String name :
        List.of(
            "overlay-containers/containers.json", "overlay-containers/volatile-containers.json")) {
      for (var container : list(files, home, name)) {
        container.text("layer").ifPresent(records.ofContainers::add);
        records.addNames(container);
      }
    }
    List<String> tops = new ArrayList<>();
    for (var image : list(files, home, "overlay-images/images.json")) {
      image.text("layer").ifPresent(tops::add);
      tops.addAll(image.list("mapped-layers"));
      records.addNames(image);
    }
    tops.forEach(records::addFinished);
    for (String container : records.ofContainers) {
      Optional.ofNullable(records.parents.get(container)).ifPresent(records::addFinished);
    }
    return records;
  }

  private static List<JsonRecords.Item> list(TreeFiles files, TreePath home, String name)
      throws ErrnoException, NotUnderstoodException {
    Optional<byte[]> json = files.content(home.resolve(TreePath.of(name)));
    return json.isEmpty() ? List.of() : JsonRecords.read(json.get());
  }

  private void addLayer(JsonRecords.Item layer) {
    Optional<String> id = layer.text("id");
    if (id.isEmpty()) {
      return;
    }
    layers.add(id.get());
    layer.text("parent").ifPresent(parent -> parents.put(id.get(), parent));
    if (layer.trueFlags().contains("flags.incomplete")) {
      incomplete.add(id.get());
    }
  }

  private void addNames(JsonRecords.Item item) {
    item.text("layer")
        .ifPresent(layer ->
            item.list("names").stream()
                .map(name -> PathText.escape(name.getBytes(StandardCharsets.UTF_8)))
                .forEach(names.computeIfAbsent(layer, _ -> new ArrayList<>())::add));
  }

  /// What users call what has the tree on top.
  List<String> names(TreePath tree) {
    String[] parts = home.relativize(tree).toString().split("/", -1);
    return parts.length == 3 ? names.getOrDefault(parts[1], List.of()) : List.of();
  }

  /// Notes a layer that is finished, and so are all below it. Ends at what is noted already, so a
  /// ring in damaged records is no trouble.
  private void addFinished(String top) {
    String layer = top;
    while (layer != null && finished.add(layer)) {
      layer = parents.get(layer);
    }
  }

  /// What they say of a tree.
  TreeRecord of(TreePath tree) {
    TreePath below = home.relativize(tree);
    String[] parts = below.toString().split("/", -1);
    if (parts.length != 3 || !parts[0].equals(OVERLAY) || !parts[2].equals("diff")) {
      return managed("not the whole of a layer");
    }
    String id = parts[1];
    if (!layers.contains(id)) {
      return managed("a layer that its records do not know");
    }
    if (ofContainers.contains(id)) {
      return written("the layer that a container writes to");
    }
    if (incomplete.contains(id)) {
      return written(TreeRecord.Written.INCOMPLETE);
    }
    return finished.contains(id)
        ? new TreeRecord.ReadOnlyLayer(ContainerEngine.PODMAN, home)
        : managed("a layer that no image is made of");
  }

  private TreeRecord written(String why) {
    return new TreeRecord.Written(ContainerEngine.PODMAN, home, why);
  }

  private TreeRecord managed(String why) {
    return new TreeRecord.Managed(ContainerEngine.PODMAN, home, why);
  }
}
