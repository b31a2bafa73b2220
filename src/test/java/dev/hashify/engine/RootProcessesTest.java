package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.select.RuleSet;
import dev.hashify.testkit.Dweller;
import dev.hashify.testkit.RealLinux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of the programs in roots.
class RootProcessesTest {

  @TempDir private Path top;

  private RootProcesses read(Path... roots) {
    var requests =
        List.of(roots).stream()
            .map(root -> new RootRequest(TreePath.of(root.toString()), RuleSet.of(List.of())))
            .toList();
    try (var opened = OpenRoots.open(RealLinux.LINUX, requests)) {
      return RootProcesses.read(opened.all());
    }
  }

  @Test
  void whoLivesThereAndWhoReachesInAreToldApart() throws IOException {
    Path a = Files.createDirectories(top.resolve("a"));
    Path b = Files.createDirectories(top.resolve("b"));
    try (var dweller = Dweller.livingIn(a);
        var visitor = Dweller.workingIn(a)) {
      RootProcesses found = read(a, b);
      assertEquals(Set.of(dweller.id()), found.roots().getFirst().living());
      assertEquals(Set.of(visitor.id()), found.roots().getFirst().others());
      assertEquals(
          a + ": 1 program runs in it, 1 from outside uses its files",
          found.roots().getFirst().line());
      assertTrue(found.roots().getLast().isAtRest());
      assertEquals(1, found.busy().size());
    }
  }

  @Test
  void weOurselvesDoNotCount() throws IOException {
    Path a = Files.createDirectories(top.resolve("a"));
    Path file = Files.writeString(a.resolve("file"), "text");
    try (var _ = Files.newInputStream(file)) {
      assertTrue(read(a).busy().isEmpty());
    }
  }
}
