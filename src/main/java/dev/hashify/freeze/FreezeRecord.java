package dev.hashify.freeze;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The file that says which cgroups we have frozen, for the case that we and the watchdog both die.
///
/// The first line is the boot it was written in: after another boot nothing is frozen by us. Each
/// other line is the inode of a cgroup, a blank, and its directory, so that another cgroup of the
/// same name is never thawed. It need not survive a power cut, so it is not synced.
public final class FreezeRecord {

  /// Its name in a store.
  public static final String NAME = "frozen";

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path file;

  /// @param storeDirectory any path to the directory of the store
  public FreezeRecord(Path storeDirectory) {
    file = storeDirectory.resolve(NAME);
  }

  Path file() {
    return file;
  }

  void write(List<Cgroup> cgroups) throws IOException {
    var text = new StringBuilder(Files.readString(BOOT).strip()).append('\n');
    for (var cgroup : cgroups) {
      text.append(cgroup.inode()).append(' ').append(cgroup.directory()).append('\n');
    }
    Files.writeString(file, text.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /// Thaws what a dead run left frozen.
  ///
  /// @return a line for people, if there was such a run
  /// @throws IOException if a cgroup could not be thawed; the record stays
  public Optional<String> thaw() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    List<String> thawed = new ArrayList<>();
    if (!lines.isEmpty() && lines.getFirst().equals(Files.readString(BOOT).strip())) {
      for (String line : lines.subList(1, lines.size())) {
        String[] words = line.split(" ", 2);
        if (words.length == 2) {
          thaw(new Cgroup(Path.of(words[1])), words[0], thawed);
        }
      }
    }
    remove();
    return thawed.isEmpty()
        ? Optional.empty()
        : Optional.of("thawed what a killed run had frozen: " + String.join(", ", thawed));
  }

  private static void thaw(Cgroup cgroup, String inode, List<String> thawed) throws IOException {
    try {
      if (Long.toString(cgroup.inode()).equals(inode) && cgroup.isAskedToFreeze()) {
        cgroup.thaw();
        thawed.add(cgroup.toString());
      }
    } catch (NoSuchFileException _) {
      // It is gone.
    }
  }
}
