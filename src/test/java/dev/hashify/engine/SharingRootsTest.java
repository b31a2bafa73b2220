package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Dweller;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whose programs must be at rest while immutable objects are open.
///
/// ```
/// a/file   b/file   c/file   d/file, equal
/// ```
class SharingRootsTest {

  private static final Options IMMUTABLE = Options.DEFAULT.withGuard(GuardChoice.IMMUTABLE);

  private Path top = Path.of("");
  private Unification runs = Unification.in(top);

  @BeforeEach
  void makeRoots() throws IOException {
    top = TestVolume.xfs().directory();
    runs = Unification.in(top.resolve("store"));
    for (var root : List.of("a", "b", "c", "d")) {
      Tree.in(top.resolve(root)).file("file", "more than sixteen bytes").modified("file", 1_000);
    }
  }

  @AfterEach
  void remove() throws IOException {
    Tree.in(top).close();
  }

  private Unification.Told run(Options options, String... roots) {
    return runs.real(options, Root.of(List.of(roots).stream().map(top::resolve).toList()));
  }

  private String refusal(Options options, String... roots) {
    var given = Root.of(List.of(roots).stream().map(top::resolve).toList());
    var request = runs.request(RunMode.REAL, options, given);
    return String.valueOf(
        assertThrows(RunException.Unusable.class, () -> runs.tryUnify(request)).getMessage());
  }

  @Test
  void damageIsToldWithThePathsOfRootsThatSharedLongAgo() throws Exception {
    assertEquals(1, run(Options.DEFAULT, "a", "b").counts().shared());
    assertEquals(2, run(Options.DEFAULT, "c", "d").counts().shared());
    Tree.in(top.resolve("d")).overwrite("file", "MORE THAN SIXTEEN BYTES".getBytes(UTF_8));
    var findings = runs.verify(StoreRequest.Repair.NO).findings();
    List<TreePath> all =
        List.of("a", "b", "c", "d").stream()
            .map(root -> TreePath.of(top.resolve(root).resolve("file").toString()))
            .toList();
    assertEquals(all, findings.getFirst().sharedBy().stream().sorted().toList());
  }

  @Test
  void programOfARootThatSharedLongAgoMustBeAtRest() throws IOException {
    assertEquals(1, run(IMMUTABLE, "a", "b").counts().shared());
    assertEquals(2, run(IMMUTABLE, "c", "d").counts().shared());
    try (var _ = Dweller.livingIn(top.resolve("a"))) {
      String why = refusal(IMMUTABLE, "c", "d");
      assertTrue(why.contains(top.resolve("a") + ": 1 program runs in it"), why);
    }
    run(IMMUTABLE, "c", "d");
  }

  @Test
  void freezingDoesNotStopWhoReachesInFromOutside() throws IOException {
    Options freezing = IMMUTABLE.with(UnifyFlag.FREEZE);
    try (var _ = Dweller.reading(top.resolve("a/file"))) {
      String why = refusal(freezing, "a", "b");
      assertTrue(why.contains(top.resolve("a") + ": 1 from outside uses its files"), why);
    }
    assertEquals(1, run(freezing, "a", "b").counts().shared());
  }
}
