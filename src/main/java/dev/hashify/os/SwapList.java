package dev.hashify.os;

import dev.hashify.file.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the kernel swaps to, from `/proc/swaps` (proc(5)).
public final class SwapList {

  private SwapList() {}

  /// The paths of files and partitions; empty if there is no swap or no `/proc`.
  public static List<TreePath> read() {
    try {
      return parse(Files.readAllBytes(Path.of("/proc/swaps")));
    } catch (IOException _) {
      return List.of();
    }
  }

  /// A line each, after a heading: path, type and numbers; blanks in paths as in mountinfo.
  static List<TreePath> parse(byte[] swaps) {
    List<TreePath> paths = new ArrayList<>();
    String[] lines = new String(swaps, StandardCharsets.ISO_8859_1).split("\n", -1);
    for (int i = 1; i < lines.length; i++) {
      String path = lines[i].split("[ \t]", 2)[0];
      if (path.startsWith("/")) {
        paths.add(Mounts.unescape(path));
      }
    }
    return paths;
  }
}
