package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.testkit.SeededTest;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;

/// A run over random roots that lets files share blocks decides what the slow model does.
class ReflinkModelTest {

  @SeededTest
  void firstRunDecidesAsTheModel(long seed) throws IOException {
    try (var world = RandomWorld.make(TestVolume.xfs(), seed)) {
      Options options = world.randomOptions().withGuard(GuardChoice.AUTO);
      world.sync();
      TreeFingerprint before = world.fingerprint();
      SharingModel model = world.model(before, options);

      var dry = world.runs().dry(options, world.roots());
      SharedFigures.assertClasses(model, dry);
      var real = world.runs().real(options, world.roots());
      SharedFigures.assertClasses(model, real);
      assertEquals(dry.counts(), SharedFigures.withoutReads(real.counts(), dry.counts()));
      assertEquals(model.expectedGroups(), real.counts().groups(), "groups");
      assertEquals(model.expectedShared(), real.counts().shared(), "shared");
      TreeFingerprint.assertIdentical(before, world.fingerprint());

      assertEqualFilesShareBlocks(world, model);
      var again = world.runs().real(options, world.roots());
      assertEquals(0, again.counts().shared(), "shared by a second run");
      assertEquals(0, again.counts().reclaimedBytes(), "reclaimed by a second run");
      assertTrue(again.counts().addUp());
    }
  }

  private static void assertEqualFilesShareBlocks(RandomWorld world, SharingModel model)
      throws IOException {
    var top = Tree.in(world.top);
    for (var group : model.groups.values()) {
      TreePath first = below(world, group.getFirst().names().getFirst());
      for (var file : group) {
        TreePath other = below(world, file.names().getFirst());
        assertTrue(Blocks.areShared(top, first, other), () -> first + " and " + other);
      }
    }
  }

  private static TreePath below(RandomWorld world, TreePath path) {
    return world.topPath().relativize(path);
  }
}
