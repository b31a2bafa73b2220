package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A file system of the wanted kind in a file, mounted while it is open and kept for the next time.
/// Needs root.
final class LoopVolume implements AutoCloseable {

  enum Kind {
    EXT4,
    XFS,
    BTRFS;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What a volume is for.
  enum Use {
    FILES,

    /// Ten million tiny files: more inodes than by default, and on ext4 content kept in them.
    TINY_FILES
  }

  /// The smallest that all three kinds accept, and some room for their own needs.
  private static final long SPARE_BYTES = 1L << 30;

  private final Path mountPoint;

  private LoopVolume(Path mountPoint) {
    this.mountPoint = mountPoint;
  }

  /// The volume `name` below `place`, made now with room for `bytes` unless it is there.
  static LoopVolume open(Path place, Kind kind, String name, Use use, long bytes)
      throws IOException {
    Path image = place.resolve(kind.label() + "-" + name + ".img");
    Path mountPoint = place.resolve(kind.label() + "-" + name);
    Files.createDirectories(mountPoint);
    if (!Files.exists(image)) {
      Path unfinished = place.resolve(image.getFileName() + ".new");
      Shell.run("truncate", "-s", Long.toString(bytes + SPARE_BYTES), unfinished.toString());
      var command = new ArrayList<String>(makeCommand(kind, use));
      command.add(unfinished.toString());
      Shell.run(command.toArray(String[]::new));
      Files.move(unfinished, image);
    }
    Shell.run("mount", "-o", "loop", image.toString(), mountPoint.toString());
    return new LoopVolume(mountPoint);
  }

  private static List<String> makeCommand(Kind kind, Use use) {
    return switch (kind) {
      case EXT4 ->
          switch (use) {
            case FILES ->
                List.of("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0");
            case TINY_FILES ->
                // Inode tables written now, or the kernel writes them while others are measured.
                List.of(
                    "mkfs.ext4",
                    "-q",
                    "-F",
                    "-b",
                    "1024",
                    "-O",
                    "inline_data",
                    "-I",
                    "256",
                    "-i",
                    "2048",
                    "-E",
                    "lazy_itable_init=0,lazy_journal_init=0");
          };
      case XFS ->
          switch (use) {
            case FILES -> List.of("mkfs.xfs", "-q", "-f");
            case TINY_FILES -> List.of("mkfs.xfs", "-q", "-f", "-b", "size=1024");
          };
      case BTRFS -> List.of("mkfs.btrfs", "-q", "-f");
    };
  }

  Path directory() {
    return mountPoint;
  }

  @Override
  public void close() throws IOException {
    Shell.run("umount", mountPoint.toString());
  }
}
