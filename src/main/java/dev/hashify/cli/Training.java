package dev.hashify.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/// Runs what the program is mostly used for, over a few small files.
///
/// The JVM that does this remembers the classes that were loaded and how they are linked, in the
/// ahead-of-time cache that the launcher starts the program with. Nothing else uses it.
final class Training {

  private Training() {}

  /// Fills the empty directory that is the only argument, and works on it.
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Path one = tree(directory.resolve("one"));
    Path other = tree(directory.resolve("other"));
    String store = directory.resolve("store").toString();
    List<String> roots = List.of(one.toString(), other.toString());
    run("--help");
    run("unify", "--help");
    run("unify", "-n", "--store", store, roots.getFirst(), roots.getLast());
    run("unify", "--guard", "none", "--store", store, roots.getFirst(), roots.getLast());
    run("unify", "--guard", "none", "--store", store, roots.getFirst(), roots.getLast());
    run("rules", "--root", roots.getFirst(), one.resolve("file-1").toString());
    run("status", "--store", store, roots.getFirst());
    run("verify", "--store", store);
    run("gc", "--store", store);
    run("break", "--store", store, roots.getFirst());
  }

  private static void run(String... arguments) {
    int _ = Main.Program.run(arguments);
  }

  /// Some files that are equal in all such trees, and one that is not.
  private static Path tree(Path root) throws IOException {
    Files.createDirectories(root.resolve("directory"));
    for (int i = 0; i < 20; i++) {
      Path file = root.resolve(i % 2 == 0 ? "file-" + i : "directory/file-" + i);
      Files.writeString(file, "content of file " + i + "\n".repeat(i * 100));
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }
    Files.writeString(root.resolve("own"), root.toString());
    return root;
  }
}
