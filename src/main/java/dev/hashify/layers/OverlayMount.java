package dev.hashify.layers;

import dev.hashify.file.TreePath;
import dev.hashify.os.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A mount of an overlay as its mount table shows it, with paths as whoever mounted it saw them.
///
/// @param point where, as seen in its namespace
/// @param lowers the lower directories, data-only ones included
/// @param upper the directory that is written to; none if it is mounted to be read
/// @param index whether copies are remembered by the lower inode; empty if the mount does not say,
///   which means the module's default
/// @param nfsExport whether it can be exported, which needs such an index
record OverlayMount(
    TreePath point,
    List<TreePath> lowers,
    Optional<TreePath> upper,
    Optional<Boolean> index,
    Optional<Boolean> nfsExport) {

  OverlayMount {
    lowers = List.copyOf(lowers);
  }

  static Optional<OverlayMount> of(Mount mount) {
    if (!mount.type().equals("overlay")) {
      return Optional.empty();
    }
    List<TreePath> lowers = new ArrayList<>();
    mount.values("lowerdir").forEach(list -> lowers.addAll(split(list)));
    // One directory each; nothing is escaped there.
    lowers.addAll(mount.values("lowerdir+"));
    lowers.addAll(mount.values("datadir+"));
    return Optional.of(
        new OverlayMount(
            mount.point(),
            lowers,
            mount.values("upperdir").stream().findFirst(),
            isOn(mount, "index"),
            isOn(mount, "nfs_export")));
  }

  private static Optional<Boolean> isOn(Mount mount, String option) {
    return mount.values(option).stream().findFirst().map(value -> value.equals(TreePath.of("on")));
  }

  /// The directories of a list separated by colons; a colon or backslash of a name has a backslash
  /// before it, and two colons come before data-only layers.
  static List<TreePath> split(TreePath list) {
    List<TreePath> parts = new ArrayList<>();
    byte[] part = new byte[list.length()];
    int length = 0;
    for (int i = 0; i <= list.length(); i++) {
      if (i == list.length() || list.byteAt(i) == ':') {
        if (length > 0) {
          parts.add(TreePath.of(java.util.Arrays.copyOf(part, length)));
        }
        length = 0;
      } else {
        boolean isEscape = list.byteAt(i) == '\\' && i + 1 < list.length();
        i += isEscape ? 1 : 0;
        part[length++] = list.byteAt(i);
      }
    }
    return parts;
  }
}
