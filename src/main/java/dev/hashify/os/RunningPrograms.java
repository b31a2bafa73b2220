package dev.hashify.os;

import dev.hashify.file.FileId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  ///
  /// Taken apart by hand: a host has hundreds of thousands of such lines, most of them of no file.
  static void parse(String maps, Set<FileId> mapped) {
    @Nullable FileId last = null;
    int at = 0;
    while (at < maps.length()) {
      int end = maps.indexOf('\n', at);
      end = end < 0 ? maps.length() : end;
      int device = field(maps, at, end, 3);
      int inode = field(maps, device, end, 1);
      long number = inode < end ? number(maps, inode, end) : 0;
      if (number != 0) {
        int colon = maps.indexOf(':', device);
        long major = Long.parseLong(maps, device, colon, 16);
        long minor = Long.parseLong(maps, colon + 1, maps.indexOf(' ', colon), 16);
        var file = new FileId((major << 32) | minor, number);
        // The parts of one library follow each other.
        if (!file.equals(last)) {
          mapped.add(file);
        }
        last = file;
      }
      at = end + 1;
    }
  }

  /// Where the field begins that is `count` fields behind the one at `from`; `end` if there is
  /// none.
  private static int field(String line, int from, int end, int count) {
    int at = from;
    for (int i = 0; i < count; i++) {
      int blank = line.indexOf(' ', at);
      at = blank < 0 || blank > end ? end : blank;
      while (at < end && line.charAt(at) == ' ') {
        at++;
      }
    }
    return at;
  }

  private static long number(String line, int from, int end) {
    int blank = line.indexOf(' ', from);
    return Long.parseLong(line, from, blank < 0 || blank > end ? end : blank, 10);
  }

  /// Whether some program has the file mapped.
  public boolean use(FileId file) {
    return mapped.contains(file);
  }
}
