package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Command;
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

/// Files that nobody may write to.
///
/// ```
/// a/f  b/f     the same
/// ro           b again, mounted to be read
/// ```
class ReadOnlyMountTest {

  static Stream<TestVolume> volumesWithReflinks() {
    return Stream.of(TestVolume.xfs(), TestVolume.btrfs());
  }

  private static Tree twoRoots(TestVolume volume) throws IOException {
    Tree tree = volume.tree();
    for (String root : List.of("a", "b")) {
      tree.bytes(root + "/f", new byte[30_000]).modified(root + "/f", 1_700_000_000_000_000_000L);
    }
    return tree;
  }

  private static void assertLeftAlone(TestVolume volume, Options options) throws IOException {
    try (Tree tree = twoRoots(volume)) {
      tree.directory("ro");
      String ro = tree.path("ro").toString();
      Command.run("mount", "--bind", tree.path("b").toString(), ro);
      try {
        Command.run("mount", "-o", "remount,bind,ro", ro);
        var before = TreeFingerprint.of(List.of(tree.path("a"), tree.path("b")));
        var told =
            Unification.in(tree.path("store"))
                .real(options, Root.of(List.of(tree.path("a"), tree.path("ro"))));
        assertEquals(0, told.counts().shared());
        assertEquals(0, told.counts().problems(), () -> told.problems().toString());
        assertEquals(List.of(ro + ": left alone: on a read-only mount"), told.notes());
        TreeFingerprint.assertIdentical(
            before, TreeFingerprint.of(List.of(tree.path("a"), tree.path("b"))));
      } finally {
        Command.run("umount", ro);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void hardLinksLeaveAReadOnlyMountAlone(TestVolume volume) throws IOException {
    assertLeftAlone(volume, Options.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("volumesWithReflinks")
  void reflinksLeaveAReadOnlyMountAlone(TestVolume volume) throws IOException {
    assertLeftAlone(volume, Options.REFLINK);
  }

  @Test
  void runOverNothingElseIsRefused() throws IOException {
    try (Tree tree = twoRoots(TestVolume.ext4())) {
      tree.directory("ro");
      String ro = tree.path("ro").toString();
      Command.run("mount", "--bind", tree.path("b").toString(), ro);
      try {
        Command.run("mount", "-o", "remount,bind,ro", ro);
        var runs = Unification.in(tree.path("store"));
        var roots = Root.of(List.of(tree.path("ro")));
        var request = runs.request(RunMode.REAL, Options.DEFAULT, roots);
        var refused = assertThrows(RunException.Unusable.class, () -> runs.tryUnify(request));
        assertTrue(String.valueOf(refused.getMessage()).contains("read-only"), refused::toString);
        assertFalse(Files.exists(runs.store()));
      } finally {
        Command.run("umount", ro);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("volumesWithReflinks")
  void reflinksLeaveImmutableFilesAlone(TestVolume volume) throws IOException {
    try (Tree tree = twoRoots(volume)) {
      Command.run("chattr", "+i", tree.path("b/f").toString());
      var told =
          Unification.in(tree.path("store"))
              .real(Options.REFLINK, Root.of(List.of(tree.path("a"), tree.path("b"))));
      assertEquals(0, told.counts().shared());
      assertEquals(0, told.counts().problems());
      TreePath path = TreePath.of(tree.path("b/f").toString());
      assertEquals(SkipReason.IMMUTABLE, told.skipped().get(path));
      assertTrue(Blocks.groups(tree, ".").isEmpty());
      Command.run("chattr", "-i", tree.path("b/f").toString());
    }
  }
}
