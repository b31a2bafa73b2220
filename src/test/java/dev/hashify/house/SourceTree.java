package dev.hashify.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The project's own files, as a fresh clone has them.
///
/// What a build or an editor leaves behind is not looked at.
final class SourceTree {

  private static final Path TOP = Path.of("").toAbsolutePath();

  /// Where Java sources live; a clone may lack one of them.
  static final List<String> JAVA_ROOTS =
      List.of("src/main/java", "src/test/java", "benchmarks/src");

  private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode", ".m2");

  private SourceTree() {}

  /// One file: its path below the top and its text.
  record TextFile(String path, String text) {
    List<String> lines() {
      return text.lines().toList();
    }

    boolean isJava() {
      return path.endsWith(".java");
    }
  }

  static Path resolve(String path) {
    return TOP.resolve(path);
  }

  /// Every file that is text in UTF-8, in the order of the paths. Pictures and the like are left
  /// out.
  static List<TextFile> textFiles() {
    return read("");
  }

  /// Every Java source of the product, the tests and the benchmarks.
  static List<TextFile> javaFiles() {
    return Stream.of("src", "benchmarks")
        .flatMap(directory -> read(directory).stream())
        .filter(TextFile::isJava)
        .toList();
  }

  /// The directories below `javaRoot` that hold Java sources, as package names.
  static Set<String> packagesIn(String javaRoot) {
    var packages = new java.util.TreeSet<String>();
    for (TextFile file : read(javaRoot)) {
      if (file.isJava()) {
        Path directory = resolve(javaRoot).relativize(resolve(file.path())).getParent();
        packages.add(directory == null ? "" : directory.toString().replace('/', '.'));
      }
    }
    return packages;
  }

  private static List<TextFile> read(String directory) {
    Path start = resolve(directory);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(start)) {
      return found
          .filter(path -> Files.isRegularFile(path) && isOurs(path))
          .sorted()
          .flatMap(path -> text(path).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(Path path) {
    for (Path part : TOP.relativize(path)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  private static Optional<TextFile> text(Path path) {
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      return text.indexOf('\0') >= 0
          ? Optional.empty()
          : Optional.of(new TextFile(TOP.relativize(path).toString(), text));
    } catch (CharacterCodingException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
