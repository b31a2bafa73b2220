package dev.hashify.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.os.ProcessTable.Place;
import dev.hashify.testkit.Dweller;
import dev.hashify.testkit.RealLinux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who lives in a tree and who uses its files, with real programs.
///
/// ```
/// a/inner/file
/// b/
/// ```
class ProcessTableTest {

  @TempDir private Path top;
  private final ProcessTable table = ProcessTable.ofHost();

  @BeforeEach
  void makeTrees() throws IOException {
    Files.createDirectories(top.resolve("a/inner"));
    Files.createDirectories(top.resolve("b"));
    Files.writeString(top.resolve("a/inner/file"), "text");
  }

  private Place place(String name) throws IOException {
    try (var tree =
        RealLinux.LINUX.open().directory(dev.hashify.file.TreePath.of(top.resolve(name) + ""))) {
      return Place.of(RealLinux.LINUX.stat().of(tree).id(), tree);
    }
  }

  @Test
  void processLivesWhereItsRootDirectoryIs() throws IOException {
    try (var dweller = Dweller.livingIn(top.resolve("a"))) {
      var living = table.living(List.of(place("a"), place("b")));
      assertEquals(List.of(Set.of(dweller.id()), Set.of()), living.byPlace());
      assertTrue(living.contains(dweller.id()));
    }
  }

  @Test
  void rootDirectoryBelowTheTopCounts() throws IOException {
    try (var dweller = Dweller.livingIn(top.resolve("a/inner"))) {
      var living = table.living(List.of(place("a"), place("a/inner"), place("b")));
      Set<Integer> it = Set.of(dweller.id());
      assertEquals(List.of(it, it, Set.of()), living.byPlace());
    }
  }

  @Test
  void renamedTreeIsFoundAllTheSame() throws IOException {
    try (var dweller = Dweller.livingIn(top.resolve("a/inner"))) {
      Files.move(top.resolve("a"), top.resolve("c"));
      assertEquals(List.of(Set.of(dweller.id())), table.living(List.of(place("c"))).byPlace());
    }
  }

  @Test
  void processInAnotherMountNamespaceIsFound() throws IOException, InterruptedException {
    String script =
        "exec perl -e '$| = 1; chroot $ARGV[0]; "
            + "chdir q(/); print qq(ready\\n); <STDIN>;' \"$0\"";
    Process process =
        new ProcessBuilder("unshare", "--mount", "sh", "-c", script, top.resolve("a").toString())
            .start();
    try {
      assertEquals(6, process.getInputStream().readNBytes(6).length);
      var living = table.living(List.of(place("a")));
      assertEquals(List.of(Set.of(Math.toIntExact(process.pid()))), living.byPlace());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void workingDirectoryIsAUse() throws IOException {
    try (var worker = Dweller.workingIn(top.resolve("a/inner"))) {
      assertEquals(List.of(Set.of()), table.living(List.of(place("a"))).byPlace());
      assertTrue(table.using(List.of(place("a"))).contains(worker.id()));
    }
  }

  @Test
  void openFileIsAUse() throws IOException {
    try (var reader = Dweller.reading(top.resolve("a/inner/file"))) {
      var using = table.using(List.of(place("a"), place("b")));
      assertEquals(List.of(Set.of(reader.id()), Set.of()), using.byPlace());
    }
  }

  @Test
  void allLiveInTheTreesOrNot() throws IOException {
    try (var inside = Dweller.livingIn(top.resolve("a"));
        var outside = Dweller.workingIn(top.resolve("a"))) {
      assertTrue(table.allLive(List.of(inside.id()), List.of(place("a"))));
      assertFalse(table.allLive(List.of(inside.id(), outside.id()), List.of(place("a"))));
    }
  }

  @Test
  void processThatEndedIsNotInTheWay() throws IOException {
    int ended;
    try (var dweller = Dweller.livingIn(top.resolve("a"))) {
      ended = dweller.id();
    }
    assertTrue(table.allLive(List.of(ended), List.of(place("a"))));
    assertFalse(table.living(List.of(place("a"))).contains(ended));
  }
}
