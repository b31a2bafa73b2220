package dev.hashify.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a user can see of a tree's files, and how much of the disk it takes.
final class TreeState {

  /// The name of Hashify's store in a copy: it takes room, but its paths are nobody's.
  static final String STORE = ".hashify";

  /// A name with a newline in it would be taken for two, in both states alike.
  private static final String FORMAT = "%D:%i %b %y %s:%U:%G:%m:%T@ %P\\n";

  private static final int FIELDS = 5;
  private static final int BLOCK_BYTES = 512;

  private final Map<String, String> files = new HashMap<>();
  private long bytes;

  private TreeState() {}

  /// What became of a tree.
  ///
  /// @param freedBytes how much less of the disk it takes
  /// @param lost paths that are gone
  /// @param altered paths whose size, owner, group, mode or modification time is another
  record Change(long freedBytes, long lost, long altered) {}

  static TreeState of(Path directory) throws IOException {
    var command = List.of("find", directory.toString(), "-printf", FORMAT);
    Process find =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader in = find.inputReader(StandardCharsets.ISO_8859_1)) {
      var state = new TreeState();
      Set<String> inodes = new HashSet<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        state.add(line, inodes);
      }
      return state;
    }
  }

  static TreeState ofLines(List<String> lines) {
    var state = new TreeState();
    Set<String> inodes = new HashSet<>();
    lines.forEach(line -> state.add(line, inodes));
    return state;
  }

  private void add(String line, Set<String> inodes) {
    String[] fields = line.split(" ", FIELDS);
    if (fields.length < FIELDS) {
      return;
    }
    if (inodes.add(fields[0])) {
      bytes += Long.parseLong(fields[1]) * BLOCK_BYTES;
    }
    if (fields[2].equals("f") && !fields[4].startsWith(STORE + "/")) {
      files.put(fields[4], fields[3]);
    }
  }

  Change changeTo(TreeState after) {
    long lost = 0;
    long altered = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      String now = after.files.get(file.getKey());
      if (now == null) {
        lost++;
      } else if (!now.equals(file.getValue())) {
        altered++;
      }
    }
    return new Change(bytes - after.bytes, lost, altered);
  }
}
