package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A store that lies above its roots, but not at the top of their mount, is found from them:
/// podman's layers have theirs so.
///
/// ```
/// layers/.hashify   layers/a/diff/f   layers/b/diff/f
/// ```
class NearestStoreTest {

  private final Tree tree;
  private final Unification runs;

  NearestStoreTest() throws IOException {
    tree = TestVolume.ext4().tree();
    for (String root : List.of("layers/a/diff", "layers/b/diff")) {
      tree.file(root + "/f", "more than sixteen bytes").modified(root + "/f", 1_000);
    }
    runs = Unification.in(tree.path("layers/.hashify"));
    assertEquals(
        1, runs.real(tree.path("layers/a/diff"), tree.path("layers/b/diff")).counts().shared());
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private BreakRequest breaking(RunMode mode) {
    var paths = List.of(TreePath.of(tree.path("layers/a/diff").toString()));
    return new BreakRequest(mode, paths, List.of(), Duration.ZERO);
  }

  private BreakReport run(BreakRequest request) throws RunException, InterruptedException {
    return runs.operations().breakSharing(request, RunListener.NONE, new Cancellation());
  }

  @Test
  void sharingIsBrokenWithoutNamingTheStore() throws Exception {
    assertEquals(1, run(breaking(RunMode.REAL)).broken());
    assertEquals(1, tree.stat("layers/a/diff/f").links());
  }

  @Test
  void storeOfAnotherUserIsNotTaken() throws Exception {
    tree.owner("layers/.hashify", 1234, 1234);
    var request = breaking(RunMode.DRY);
    String why = String.valueOf(assertThrows(RunException.class, () -> run(request)).getMessage());
    assertTrue(why.contains("there is no store"), why);
    assertTrue(!why.contains("layers/.hashify"), why);
    tree.owner("layers/.hashify", 0, 0);
  }
}
