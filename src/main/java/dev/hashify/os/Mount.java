package dev.hashify.os;

import dev.hashify.file.TreePath;
import java.util.List;

/// One line of `/proc/self/mountinfo`.
///
/// @param id the number that `statx` gives as mount id
/// @param device major and minor number, as `8:1`
/// @param root what of the file system is mounted: `/`, or a directory of it for a bind mount
/// @param point where
/// @param type the file system type, as `ext4`
/// @param source what is mounted, as `/dev/sda1`; whatever the file system calls it
/// @param options options of the mount and of the file system
public record Mount(
    long id,
    String device,
    TreePath root,
    TreePath point,
    String type,
    String source,
    List<String> options) {

  public Mount {
    options = List.copyOf(options);
  }

  public boolean isReadOnly() {
    return options.contains("ro");
  }

  /// The values of all options of this name, as bytes, in their order: several for those that can
  /// be given more than once.
  public List<TreePath> values(String option) {
    String prefix = option + "=";
    return options.stream()
        .filter(text -> text.startsWith(prefix))
        .map(text -> Mounts.unescape(text.substring(prefix.length())))
        .toList();
  }
}
