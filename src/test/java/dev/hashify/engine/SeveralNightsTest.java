package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the index remembers never makes a run decide otherwise than one that remembers nothing.
class SeveralNightsTest {

  private static final boolean THOROUGH = Boolean.getBoolean("hashify.thorough");
  private static final int NIGHTS = 6;

  static Stream<Arguments> volumesAndSeeds() {
    Long wanted = Long.getLong("seed");
    if (wanted != null) {
      return TestVolume.all().map(volume -> Arguments.of(volume, wanted));
    }
    return TestVolume.all()
        .flatMap(volume -> {
          long fixed = volume == TestVolume.ext4() ? 8 : 3;
          var seeds = LongStream.rangeClosed(1, THOROUGH ? 50 * fixed : fixed);
          return LongStream.concat(LongStream.concat(seeds, once()), fresh())
              .mapToObj(seed -> Arguments.of(volume, seed));
        });
  }

  /// Seeds that once found something.
  private static LongStream once() {
    return LongStream.of(213851880, 263164558);
  }

  /// New seeds are for whoever looks for mistakes; a build whose outcome depends on them says
  /// nothing of the change it is run for.
  private static LongStream fresh() {
    return THOROUGH ? LongStream.of(System.nanoTime() % 1_000_000_000) : LongStream.empty();
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("volumesAndSeeds")
  void everyNightDecidesAsIfItWereTheFirst(TestVolume volume, long seed) throws IOException {
    nights(volume, seed, RandomNights.Jobs.ONE);
  }

  static LongStream seeds() {
    Long wanted = Long.getLong("seed");
    if (wanted != null) {
      return LongStream.of(wanted);
    }
    var fixed = LongStream.rangeClosed(1, THOROUGH ? 400 : 6);
    return LongStream.concat(LongStream.concat(fixed, once()), fresh());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void twoJobsThatTakeTurnsDoSoToo(long seed) throws IOException {
    nights(TestVolume.ext4(), seed, RandomNights.Jobs.TWO);
  }

  private static void nights(TestVolume volume, long seed, RandomNights.Jobs jobs)
      throws IOException {
    try (var world = RandomWorld.make(volume, seed)) {
      var nights = new RandomNights(world, jobs);
      for (int night = 1; night <= NIGHTS; night++) {
        try {
          oneNight(world, nights);
        } catch (AssertionError failed) {
          throw new AssertionError(
              "seed " + seed + ", night " + night + " after " + nights.story(), failed);
        }
        nights.changeSomething();
      }
    }
  }

  private static void oneNight(RandomWorld world, RandomNights nights) throws IOException {
    Options options = nights.options();
    List<Unification.Root> roots = nights.roots();
    TreeFingerprint before = nights.fingerprint();
    SharingModel model = world.model(before, options, roots);

    var dry = world.runs().dry(options, roots);
    TreeFingerprint.assertIdentical(before, nights.fingerprint());
    SharedFigures.assertClasses(model, dry);

    var real = world.runs().real(options, roots);
    TreeFingerprint after = nights.fingerprint();
    SharedFigures.assertClasses(model, real);
    assertEquals(0, real.counts().problems(), () -> real.problems().toString());
    SharedFigures.assertNothingVisibleChanged(before, after, options);
    assertEquals(
        new TreeMap<>(dry.shared()).keySet(),
        new TreeMap<>(real.shared()).keySet(),
        "a dry run promised what was not done");
    assertEquals(dry.counts().unique(), real.counts().unique(), "unique");
    assertEquals(dry.counts().alreadyShared(), real.counts().alreadyShared(), "already shared");
    assertEquals(dry.counts().groups(), real.counts().groups(), "groups");
    assertEquals(dry.counts().reclaimedBytes(), real.counts().reclaimedBytes(), "reclaimed");
    assertPathsMoved(real, before, after);
    assertEverythingEqualShares(model, after);
    for (var path : real.shared().keySet()) {
      assertTrue(model.isConsidered(path), () -> path + " was not to be considered");
    }
    assertSharedAreEqual(model, before, after);
    assertCounted(model, real, before, after);
  }

  private static void assertPathsMoved(
      Unification.Told told, TreeFingerprint before, TreeFingerprint after) {
    for (var path : before.paths()) {
      boolean isMoved = !before.id(path).equals(after.id(path));
      assertEquals(told.shared().containsKey(path), isMoved, () -> path + " was told to be shared");
    }
  }

  /// Of a group every file ends on one inode. An object with names of several kinds goes by one of
  /// them that is not known here, so what only its names would bring together may stay apart.
  private static void assertEverythingEqualShares(SharingModel model, TreeFingerprint after) {
    for (var group : model.groups.values()) {
      List<SharingModel.File> sure =
          group.stream().filter(file -> !file.isObject() || hasOneBaseName(file)).toList();
      for (int i = 1; i < sure.size(); i++) {
        var one = sure.getFirst();
        var other = sure.get(i);
        boolean areOldObjects = one.isObject() && other.isObject();
        TreePath first = one.names().getFirst();
        TreePath second = other.names().getFirst();
        assertTrue(
            areOldObjects || after.sharesInode(first, second),
            () -> "sharing missed: " + first + " " + one + " and " + second + " " + other);
      }
    }
  }

  private static boolean hasOneBaseName(SharingModel.File file) {
    return file.names().stream().map(name -> TreePath.of(name.name())).distinct().count() == 1;
  }

  private static void assertSharedAreEqual(
      SharingModel model, TreeFingerprint before, TreeFingerprint after) {
    for (var together : after.inodeGroups()) {
      TreePath first = together.getFirst();
      for (var other : together) {
        assertTrue(
            before.sharesInode(first, other) || model.areAlike(first, other),
            () -> first + " and " + other + " share an inode");
      }
    }
  }

  private static void assertCounted(
      SharingModel model, Unification.Told told, TreeFingerprint before, TreeFingerprint after) {
    long already = 0;
    for (var group : model.groups.values()) {
      for (var file : group) {
        for (var name : file.names()) {
          boolean isStill = before.id(name).equals(after.id(name));
          already += file.isObject() && isStill ? 1 : 0;
        }
      }
    }
    assertEquals(already, told.counts().alreadyShared(), "already shared");
    assertEquals(
        model.considered() - already - told.counts().shared(),
        SharedFigures.alone(told.counts()),
        "unique");
  }
}
