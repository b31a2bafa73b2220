package dev.hashify.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.file.TreePath;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RootNamesTest {

  private static List<String> names(String... roots) {
    return RootNames.of(
        Stream.of(roots)
            .map(root -> new RootSpace(TreePath.of(root), 0, 0, 0, List.of()))
            .toList());
  }

  @Test
  void directoriesOfAllRootsAreLeftOut() {
    assertEquals(List.of("a", "b"), names("/srv/roots/a", "/srv/roots/b"));
    assertEquals(
        List.of("web/rootfs", "db/rootfs"),
        names("/var/lib/lxc/web/rootfs", "/var/lib/lxc/db/rootfs"));
  }

  @Test
  void rootsOfOneTopHaveItsNamesOnly() {
    assertEquals(List.of("a/b", "c"), names("/a/b", "/c"));
    assertEquals(List.of("b"), names("/a/b"));
  }

  @Test
  void rootThatHoldsAnotherKeepsItsName() {
    assertEquals(List.of("a", "a/b"), names("/srv/a", "/srv/a/b"));
    assertEquals(List.of("/", "a"), names("/", "/a"));
  }

  @Test
  void relativeRootsAreAsTheyWereGiven() {
    assertEquals(List.of("a", "b/c", "/d"), names("a", "b/c", "/d"));
    assertEquals(List.of(), names());
  }
}
