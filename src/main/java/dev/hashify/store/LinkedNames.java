package dev.hashify.store;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which names were hard links of each other before they were shared.
///
/// Sharing makes equal files one inode, and then nobody can tell any more which names a guest had
/// linked on purpose. The file `linked-names` in the store remembers it: a line for each inode of
/// several names, its names as `directory-inode:base64-of-name`, blanks between. Lines are only
/// ever added, and synced before the first of the names is replaced. Names are known by their
/// directory's inode, so a root may be moved.
public final class LinkedNames {

  private static final byte[] FILE = "linked-names".getBytes(StandardCharsets.US_ASCII);

  /// Larger files are not read: some millions of names, far more than hosts have hard links.
  private static final int BYTES_MAX = 512 << 20;

  private final Linux linux;
  private final Descriptor directory;

  LinkedNames(Linux linux, Descriptor directory) {
    this.linux = linux;
    this.directory = directory;
  }

  /// A name and the directory it is in.
  public record NameInDirectory(long directoryInode, TreePath name) {}

  /// Adds sets of names that belong together, none of them empty; survives a power cut on return.
  public void append(List<List<NameInDirectory>> together) throws ErrnoException {
    var lines = new StringBuilder();
    for (var names : together) {
      for (var name : names) {
        lines
            .append(name.directoryInode())
            .append(':')
            .append(Base64.getEncoder().encodeToString(name.name().bytes()))
            .append(' ');
      }
      lines.setCharAt(lines.length() - 1, '\n');
    }
    if (lines.isEmpty()) {
      return;
    }
    try (var file = linux.open().openOrCreate(directory, FILE, 0600)) {
      long end = linux.stat().of(file).sizeBytes();
      // A first byte of its own ends a line that a full disk or a crash may have left unfinished.
      String text = end == 0 ? lines.toString() : "\n" + lines;
      linux.content().writeAll(file, text.getBytes(StandardCharsets.US_ASCII), end);
      linux.content().sync(file);
    }
  }

  /// All names that belong together with others: equal numbers mean together. The last line about a
  /// name counts. A line that cannot be read is passed over: its names come apart when broken, no
  /// more.
  public Map<NameInDirectory, Integer> read() throws ErrnoException {
    Map<NameInDirectory, Integer> groups = new HashMap<>();
    byte[] content;
    try (var file = linux.open().file(directory, FILE)) {
      content = linux.content().readAll(file, BYTES_MAX);
    } catch (ErrnoException failed) {
      if (failed.is(Errno.ENOENT)) {
        return groups;
      }
      throw failed;
    }
    int number = 0;
    for (String line : new String(content, StandardCharsets.US_ASCII).split("\n", -1)) {
      number++;
      for (var name : parse(line)) {
        groups.put(name, number);
      }
    }
    return groups;
  }

  private static List<NameInDirectory> parse(String line) {
    List<NameInDirectory> names = new ArrayList<>();
    try {
      for (String field : line.strip().split(" ", -1)) {
        int colon = field.indexOf(':');
        if (colon > 0) {
          names.add(
              new NameInDirectory(
                  Long.parseLong(field.substring(0, colon)),
                  TreePath.of(Base64.getDecoder().decode(field.substring(colon + 1)))));
        }
      }
    } catch (IllegalArgumentException _) {
      return List.of();
    }
    return names;
  }
}
