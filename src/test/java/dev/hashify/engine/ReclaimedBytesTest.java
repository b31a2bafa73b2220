package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.engine.Unification.Root;
import dev.hashify.report.Counts;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a run says came back.
class ReclaimedBytesTest {

  @Test
  void blocksThatWereSharedBeforeDoNotComeBackOnceMore() throws Exception {
    try (Tree tree = TestVolume.xfs().tree()) {
      for (var path : new String[] {"a/f", "b/f"}) {
        tree.file(path, "x".repeat(20_000)).modified(path, 1_000_000_000L);
      }
      var roots = Root.of(List.of(tree.path("a"), tree.path("b")));
      var runs = Unification.in(tree.path("store"));
      assertEquals(20_480, runs.real(Options.REFLINK, roots).counts().reclaimedBytes());
      assertEquals(0, runs.dry(Options.DEFAULT, roots).counts().reclaimedBytes());
      Counts linked = runs.real(Options.DEFAULT, roots).counts();
      assertEquals(1, linked.shared());
      assertEquals(0, linked.reclaimedBytes());
    }
  }
}
