package dev.hashify.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateTest {

  private static final int FILES = 2_000;
  private static final String OLD = "old";

  @TempDir private Path top = Path.of("");
  private List<Path> roots = List.of();

  @BeforeEach
  void makeTwoRoots() throws IOException {
    roots = List.of(top.resolve("one"), top.resolve("other"));
    for (Path root : roots) {
      Files.createDirectories(root.resolve("d"));
      for (int i = 0; i < FILES; i++) {
        Files.writeString(root.resolve("d/f" + i), OLD);
      }
      Files.createSymbolicLink(root.resolve("link"), Path.of("d/f1"));
    }
  }

  private static List<String> updated(Path root) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      if (!Files.readString(root.resolve("d/f" + i)).equals(OLD)) {
        names.add("f" + i);
      }
    }
    return names;
  }

  @Test
  void onePathOfAHundredHasTheSameNewFileInAllRoots() throws IOException {
    long files = Update.apply(roots, 1);
    List<String> names = updated(roots.getFirst());
    assertEquals(2L * names.size(), files);
    assertTrue(names.size() > 10 && names.size() < 30, names::toString);
    assertEquals(names, updated(roots.getLast()));
    for (String name : names) {
      Path one = roots.getFirst().resolve("d").resolve(name);
      Path other = roots.getLast().resolve("d").resolve(name);
      assertEquals(-1, Files.mismatch(one, other));
      assertEquals(Files.getLastModifiedTime(one), Files.getLastModifiedTime(other));
    }
  }

  @Test
  void nextUpdateIsOfOtherPaths() throws IOException {
    long first = Update.apply(roots, 1);
    long second = Update.apply(roots, 2);
    assertTrue(second > 0);
    assertEquals(first + second, 2L * updated(roots.getFirst()).size());
  }
}
