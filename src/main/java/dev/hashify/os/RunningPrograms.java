package dev.hashify.os;

import dev.hashify.file.FileId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The files that running programs have mapped: their executables and libraries.
///
/// A snapshot for preferences and warnings, never for safety: programs start and end meanwhile, and
/// what belongs to other users cannot be seen without privilege. On Btrfs the kernel shows another
/// device number here than `stat` does, so nothing is found there.
public final class RunningPrograms {

  private final Set<FileId> mapped;

  private RunningPrograms(Set<FileId> mapped) {
    this.mapped = mapped;
  }

  /// As if nothing ran.
  public static RunningPrograms none() {
    return new RunningPrograms(Set.of());
  }

  /// Reads `/proc/PID/maps` of every process that lets us.
  public static RunningPrograms read() {
    Set<FileId> mapped = new HashSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        readMaps(process.resolve("maps"), mapped);
      }
    } catch (IOException _) {
      // Without /proc nothing is known to be in use.
    }
    return new RunningPrograms(mapped);
  }

  private static void readMaps(Path maps, Set<FileId> mapped) {
    try {
      parse(new String(Files.readAllBytes(maps), StandardCharsets.ISO_8859_1), mapped);
    } catch (IOException _) {
      // The process ended, or belongs to somebody else.
    }
  }

  /// Lines of `address perms offset major:minor inode path` (proc(5)), numbers of devices in hex.
  static void parse(String maps, Set<FileId> mapped) {
    for (String line : maps.split("\n", -1)) {
      String[] fields = line.split(" +", 6);
      if (fields.length >= 5 && !fields[4].equals("0")) {
        String[] device = fields[3].split(":", 2);
        long major = Long.parseLong(device[0], 16);
        long minor = Long.parseLong(device[1], 16);
        mapped.add(new FileId((major << 32) | minor, Long.parseLong(fields[4])));
      }
    }
  }

  /// Whether some program has the file mapped.
  public boolean use(FileId file) {
    return mapped.contains(file);
  }
}
