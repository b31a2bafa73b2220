package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;

/// What a package manager does between two nights: some paths, the same in all roots, get new files
/// by renaming, equal to each other.
final class Update extends SimpleFileVisitor<Path> {

  /// One path of so many.
  static final int ONE_OF = 100;

  private static final FileTime TIME = FileTime.fromMillis(1_767_323_045_000L);

  private final Path root;
  private final int number;
  private long files;

  private Update(Path root, int number) {
    this.root = root;
    this.number = number;
  }

  /// Makes update `number`, other paths than the one before.
  ///
  /// @return how many files are new
  static long apply(List<Path> roots, int number) throws IOException {
    long files = 0;
    for (Path root : roots) {
      var update = new Update(root, number);
      Files.walkFileTree(root, update);
      files += update.files;
    }
    return files;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    String path = root.relativize(file).toString();
    if (attributes.isRegularFile() && isIn(path)) {
      Path fresh = file.resolveSibling(".update");
      Files.write(fresh, (path + " in update " + number).getBytes(StandardCharsets.UTF_8));
      Files.setLastModifiedTime(fresh, TIME);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      files++;
    }
    return FileVisitResult.CONTINUE;
  }

  /// By the upper bits of a product: the lower ones of hash codes of numbered names count on.
  private boolean isIn(String path) {
    return Integer.remainderUnsigned((path.hashCode() * 0x9e3779b9) >>> 8, ONE_OF)
        == number % ONE_OF;
  }
}
