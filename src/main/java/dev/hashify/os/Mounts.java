package dev.hashify.os;

import dev.hashify.file.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The mounts of this process's namespace at one moment, from `/proc/self/mountinfo` (proc(5)).
public final class Mounts {

  private final List<Mount> mounts;

  private Mounts(List<Mount> mounts) {
    this.mounts = mounts;
  }

  /// Reads the mounts as they are now.
  public static Mounts read() throws IOException {
    return parse(Files.readAllBytes(Path.of("/proc/self/mountinfo")));
  }

  static Mounts parse(byte[] mountinfo) {
    List<Mount> mounts = new ArrayList<>();
    // Bytes as characters, one to one: mount points need not be UTF-8.
    for (String line : new String(mountinfo, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      String[] fields = line.split(" ", -1);
      int dash = Arrays.asList(fields).indexOf("-");
      if (dash < 6 || fields.length < dash + 4) {
        continue;
      }
      List<String> options = new ArrayList<>(List.of(fields[5].split(",", -1)));
      options.addAll(List.of(fields[dash + 3].split(",", -1)));
      mounts.add(
          new Mount(
              Long.parseLong(fields[0]),
              fields[2],
              unescape(fields[3]),
              unescape(fields[4]),
              fields[dash + 1],
              unescape(fields[dash + 2]).toString(),
              options));
    }
    return new Mounts(mounts);
  }

  public List<Mount> all() {
    return List.copyOf(mounts);
  }

  /// The mount of this id. None if it was unmounted or made after [#read].
  public Optional<Mount> byId(long id) {
    for (var mount : mounts) {
      if (mount.id() == id) {
        return Optional.of(mount);
      }
    }
    return Optional.empty();
  }

  /// Blank, tab, newline and backslash are written as a backslash and three octal digits.
  static TreePath unescape(String field) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 3 < field.length()) {
        bytes.write(Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.write(c);
      }
    }
    return TreePath.of(bytes.toByteArray());
  }
}
