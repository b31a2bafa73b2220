package dev.hashify.report;

import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;

/// Short names of roots for labels: their paths without the directories that all of them lie in, so
/// that `/var/lib/lxc/web/rootfs` is `web/rootfs` and not one `rootfs` among many.
final class RootNames {

  private static final int LETTERS_MAX = 60;

  private RootNames() {}

  /// A name for each of `roots`, in their order.
  static List<String> of(List<RootSpace> roots) {
    List<TreePath> paths = roots.stream().map(RootSpace::path).toList();
    if (paths.isEmpty()) {
      return List.of();
    }
    TreePath common = paths.getFirst().parent();
    for (var path : paths) {
      while (!common.isEmpty() && !common.contains(path.parent())) {
        // The parent of the topmost directory is that directory.
        common = common.length() == 1 ? TreePath.EMPTY : common.parent();
      }
    }
    List<String> names = new ArrayList<>();
    for (var path : paths) {
      boolean isBelow = !common.isEmpty() && common.contains(path);
      String name = isBelow ? common.relativize(path).toString() : path.toString();
      names.add(Html.shorten(name.isEmpty() ? path.toString() : name, LETTERS_MAX));
    }
    return names;
  }
}
