package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.engine.Unification.Told;
import dev.hashify.report.RunMode;
import dev.hashify.store.Guard;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a run does that is told neither how to share nor what guards, and what a run says that is
/// told to do the impossible.
///
/// ```
/// a/f  b/f     the same
/// ```
class AutomaticSharingTest {

  private static final long NANOS = 1_700_000_000_000_000_000L;
  private static final byte[] CONTENT = "sixteen bytes...".repeat(2000).getBytes(US_ASCII);

  static Stream<TestVolume> volumesWithReflinks() {
    return Stream.of(TestVolume.xfs(), TestVolume.btrfs());
  }

  private static Tree twoRoots(TestVolume volume) throws IOException {
    Tree tree = volume.tree();
    for (String root : List.of("a", "b")) {
      tree.bytes(root + "/f", CONTENT).modified(root + "/f", NANOS);
    }
    return tree;
  }

  private static List<Root> roots(Tree tree) {
    return Root.of(List.of(tree.path("a"), tree.path("b")));
  }

  private static Unification runs(Tree tree) {
    return Unification.in(tree.path("store")).later();
  }

  private static UnifyRequest automatic(Tree tree, RunMode mode) {
    return runs(tree).automatic(mode, roots(tree));
  }

  private static Told night(Tree tree) {
    return runs(tree).unify(automatic(tree, RunMode.REAL));
  }

  private static String guard(Told told) {
    return told.report().stores().getFirst().guard();
  }

  @ParameterizedTest
  @MethodSource("volumesWithReflinks")
  void reflinksAreTakenByThemselvesAndKept(TestVolume volume) throws IOException {
    try (Tree tree = twoRoots(volume)) {
      Told first = night(tree);
      assertEquals(Guard.FILE_SYSTEM.text(), guard(first));
      assertEquals(1, first.counts().shared());
      assertTrue(Blocks.areShared(tree, "a/f", "b/f"));
      assertFalse(tree.id("a/f").equals(tree.id("b/f")));
      String format = Files.readString(tree.path("store/format"));
      assertTrue(format.contains(Guard.FILE_SYSTEM.text()), format);

      Told second = night(tree);
      assertEquals(Guard.FILE_SYSTEM.text(), guard(second));
      assertEquals(2, second.counts().alreadyShared());
      assertEquals(0, second.counts().bytesRead());
      assertEquals(format, Files.readString(tree.path("store/format")));
    }
  }

  @Test
  void withoutReflinksTheUserMustChoose() throws IOException {
    try (Tree tree = twoRoots(TestVolume.ext4())) {
      var before = TreeFingerprint.of(tree.root());
      Told told = night(tree);
      assertTrue(told.report().guardMissing());
      assertTrue(
          told.report().choices().stream().anyMatch(line -> line.startsWith("--guard none")),
          told.report()::toString);
      assertEquals(RunMode.DRY, told.report().mode());
      assertEquals(1, told.counts().shared());
      TreeFingerprint.assertIdentical(before, TreeFingerprint.of(tree.root()));
    }
  }

  @Test
  void guardNamedOnceIsNotTakenForReflinksLater() throws IOException {
    try (Tree tree = twoRoots(TestVolume.xfs())) {
      runs(tree).real(Options.DEFAULT.withGuard(GuardChoice.IMMUTABLE), roots(tree));
      Told told = night(tree);
      assertEquals(Guard.IMMUTABLE.text(), guard(told));
      assertEquals(2, told.counts().alreadyShared());
    }
  }

  @Test
  void reflinksThatAreImpossibleAreSaidInADryRunAndRefusedInARealOne() throws IOException {
    try (Tree tree = twoRoots(TestVolume.ext4())) {
      assertImpossible(tree, Options.REFLINK, roots(tree), "no reflinks");
    }
  }

  @Test
  void immutableInAnEnginesTreeIsSaidInADryRunAndRefusedInARealOne() throws IOException {
    try (Tree tree = TestVolume.ext4().tree()) {
      tree.file("storage/overlay-layers/layers.json", "[{\"id\":\"l1\"},{\"id\":\"l2\"}]");
      tree.file("storage/overlay-images/images.json", "[{\"id\":\"i\",\"layer\":\"l2\"}]");
      tree.file("storage/overlay-containers/containers.json", "[]");
      for (String layer : List.of("l1", "l2")) {
        String path = "storage/overlay/" + layer + "/diff/f";
        tree.bytes(path, CONTENT).modified(path, NANOS);
      }
      var layers =
          Root.of(
              List.of(tree.path("storage/overlay/l1/diff"), tree.path("storage/overlay/l2/diff")));
      Options immutable = Options.DEFAULT.withGuard(GuardChoice.IMMUTABLE);
      assertImpossible(tree, immutable, layers, "podman rmi");
    }
  }

  private static void assertImpossible(Tree tree, Options options, List<Root> roots, String why)
      throws IOException {
    var before = TreeFingerprint.of(tree.root());
    Told dry = runs(tree).dry(options, roots);
    assertEquals(1, dry.counts().shared());
    assertTrue(dry.counts().reclaimedBytes() > 0);
    assertTrue(
        dry.notes().stream()
            .anyMatch(note -> note.contains("would be refused") && note.contains(why)),
        dry.notes()::toString);

    var request = runs(tree).request(RunMode.REAL, options, roots);
    var refused = assertThrows(RunException.Unusable.class, () -> runs(tree).tryUnify(request));
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::toString);
    TreeFingerprint.assertIdentical(before, TreeFingerprint.of(tree.root()));
  }
}
