package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.testkit.SeededTest;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A first run over random roots, with random rules and options, decides what the slow model does.
class SharingModelTest {

  private static final long MORE_SEEDS = Boolean.getBoolean("hashify.thorough") ? 200 : 6;

  static Stream<Arguments> volumesAndSeeds() {
    return TestVolume.all()
        .flatMap(volume ->
            Stream.iterate(1L, seed -> seed <= MORE_SEEDS, seed -> seed + 1)
                .map(seed -> Arguments.of(volume, seed)));
  }

  @SeededTest
  void firstRunDecidesAsTheModel(long seed) throws IOException {
    firstRunDecidesAsTheModelEverywhere(TestVolume.ext4(), seed);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("volumesAndSeeds")
  void firstRunDecidesAsTheModelEverywhere(TestVolume volume, long seed) throws IOException {
    try (var world = RandomWorld.make(volume, seed)) {
      Options options = world.randomOptions();
      world.sync();
      TreeFingerprint before = world.fingerprint();
      SharingModel model = world.model(before, options);

      var dry = world.runs().dry(options, world.roots());
      TreeFingerprint.assertIdentical(before, world.fingerprint());
      assertFalse(Files.exists(world.runs().store()), "a dry run made a store");
      assertAsTheModel(model, dry);

      long reclaimable = world.bytesOfInodesThatGo(model);
      var real = world.runs().real(options, world.roots());
      TreeFingerprint after = world.fingerprint();
      assertAsTheModel(model, real);
      assertEquals(dry.counts(), SharedFigures.withoutReads(real.counts(), dry.counts()));
      assertEquals(reclaimable, real.counts().reclaimedBytes(), "reclaimed");
      assertOnlyGroupsShareInodes(model, before, after);
      SharedFigures.assertNothingVisibleChanged(before, after, options);
      assertSecondRunDoesNothing(world, options, after);
    }
  }

  private static void assertSecondRunDoesNothing(
      RandomWorld world, Options options, TreeFingerprint before) throws IOException {
    var again = world.runs().real(options, world.roots());
    assertEquals(0, again.counts().shared(), "shared by a second run");
    assertEquals(0, again.counts().filesRead(), "files read by a second run");
    assertEquals(0, again.counts().bytesRead(), "bytes read by a second run");
    TreeFingerprint.assertSameExceptInodes(before, world.fingerprint());
    assertTrue(again.counts().addUp());
  }

  private static void assertAsTheModel(SharingModel model, Unification.Told told) {
    SharedFigures.assertClasses(model, told);
    assertEquals(model.expectedShared(), told.counts().shared(), "shared");
    assertEquals(model.expectedShared(), told.shared().size(), "shares told");
    assertEquals(model.expectedGroups(), told.counts().groups(), "groups");
    assertEquals(0, told.counts().alreadyShared(), "already shared");
    assertEquals(
        model.considered() - model.expectedShared(), SharedFigures.alone(told.counts()), "unique");
    assertEquals(0, told.counts().problems(), () -> told.problems().toString());
  }

  private static void assertOnlyGroupsShareInodes(
      SharingModel model, TreeFingerprint before, TreeFingerprint after) {
    for (var group : model.groups.values()) {
      TreePath first = group.getFirst().names().getFirst();
      for (var file : group) {
        for (var name : file.names()) {
          assertTrue(after.sharesInode(first, name), () -> first + " and " + name + " are parted");
        }
      }
    }
    for (var together : after.inodeGroups()) {
      TreePath first = together.getFirst();
      for (var other : together) {
        assertTrue(
            before.sharesInode(first, other)
                || together.stream()
                    .filter(name -> before.sharesInode(first, name))
                    .anyMatch(name ->
                        together.stream()
                            .filter(name2 -> before.sharesInode(other, name2))
                            .anyMatch(name2 -> model.areEqual(name, name2))),
            () -> first + " and " + other + " share an inode");
      }
    }
  }
}
