package dev.hashify.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Directories for what a benchmark writes: in memory, where there is such a place, because a disk
/// would be most of the result and different each time.
final class MemoryDirectory {

  /// A tmpfs on every Linux with a C library.
  static final String USUAL_PLACE = "/dev/shm";

  private MemoryDirectory() {}

  /// A new empty directory below `place`, or where temporary files go if there is no such place.
  static Path make(String place) throws IOException {
    Path parent = Path.of(place);
    return Files.isWritable(parent)
        ? Files.createTempDirectory(parent, "hashify-benchmark-")
        : Files.createTempDirectory("hashify-benchmark-");
  }

  /// Removes `directory` with all that is in it.
  static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
