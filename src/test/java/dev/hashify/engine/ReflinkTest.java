package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.engine.Unification.Told;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.Dweller;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs that let equal files share their blocks.
class ReflinkTest {

  static Stream<TestVolume> volumes() {
    return Stream.of(TestVolume.xfs(), TestVolume.btrfs());
  }

  private static byte[] content(int size, int seed) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i / 7 + seed);
    }
    return bytes;
  }

  private static Unification runs(Tree tree) {
    return Unification.in(tree.path("store"));
  }

  private static Told run(Tree tree) {
    return runs(tree).real(Options.REFLINK, roots(tree));
  }

  /// A run long after everything was written.
  private static Told later(Tree tree) {
    return runs(tree).later().real(Options.REFLINK, roots(tree));
  }

  private static List<Root> roots(Tree tree) {
    return Root.of(List.of(tree.path("a"), tree.path("b")));
  }

  private static Told dry(Tree tree) {
    return runs(tree).dry(Options.REFLINK, roots(tree));
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void nothingButBlocksChanges(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      tree.bytes("a/x", content(50_001, 1)).bytes("b/x", content(50_001, 1));
      tree.bytes("a/sub/y", content(9_000, 2)).bytes("b/y", content(9_000, 2));
      tree.mode("b/x", 04711).owner("b/y", 12, 34).modified("b/y", 1_600_000_000_123_456_789L);
      tree.attribute("a/x", "user.only", "here".getBytes(StandardCharsets.US_ASCII));
      tree.hardLink("a/x", "outside");
      var before = TreeFingerprint.of(List.of(tree.path("a"), tree.path("b")));

      Told told = run(tree);

      assertEquals(2, told.counts().shared());
      assertTrue(Blocks.areShared(tree, "a/x", "b/x"));
      assertTrue(Blocks.areShared(tree, "a/sub/y", "b/y"));
      TreeFingerprint.assertIdentical(
          before, TreeFingerprint.of(List.of(tree.path("a"), tree.path("b"))));
      assertEquals(53_248 + 12_288, told.counts().reclaimedBytes());
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void dryRunChangesNothingAndSaysWhatARealOneBrings(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      for (int i = 0; i < 40; i++) {
        tree.bytes("a/d" + i + "/x", content(20_000 + i % 3, i % 5));
        tree.bytes("b/d" + i + "/x", content(20_000 + i % 3, i % 4));
      }
      Command.run("sync", "-f", tree.root().toString());
      var before = TreeFingerprint.of(tree.root());

      Told dry = dry(tree);
      TreeFingerprint.assertIdentical(before, TreeFingerprint.of(tree.root()));
      assertTrue(Blocks.groups(tree, ".").isEmpty());

      Told real = run(tree);
      assertEquals(dry.counts(), SharedFigures.withoutReads(real.counts(), dry.counts()));
      assertEquals(15, real.counts().groups());
      assertEquals(65, real.counts().shared());
      assertEquals(0, real.counts().problems());
      assertEquals(15, Blocks.groups(tree, ".").size());
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void differentContentAndOtherNamesStayApart(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      byte[] other = content(70_000, 1);
      other[69_999]++;
      tree.bytes("a/x", content(70_000, 1)).bytes("b/x", other);
      tree.bytes("a/one", content(9_000, 2)).bytes("b/two", content(9_000, 2));

      assertEquals(0, run(tree).counts().shared());
      assertArrayEquals(other, tree.read("b/x"));

      Options anyName = Options.REFLINK.ignoring(IdentityKey.NAME);
      assertEquals(1, runs(tree).real(anyName, roots(tree)).counts().shared());
      assertTrue(Blocks.areShared(tree, "a/one", "b/two"));
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void holesStayHolesAndLargeFilesShareInPieces(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      long piece = 16L << 20;
      for (String root : List.of("a/x", "b/x")) {
        tree.sparse(root, (1L << 30) + 12_345, 0, piece - 4096, piece, 5 * piece, 1L << 30);
      }
      long blocks = tree.stat("a/x").allocatedBytes();
      Told told = run(tree);

      assertEquals(1, told.counts().shared());
      assertEquals(5L * 4096, told.counts().reclaimedBytes());
      assertTrue(Blocks.areShared(tree, "a/x", "b/x"));
      assertEquals(blocks, tree.stat("b/x").allocatedBytes());
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void laterNightsReadOnlyWhatChanged(TestVolume volume) throws Exception {
    try (var tree = volume.tree()) {
      for (int i = 0; i < 6; i++) {
        tree.bytes("a/d" + i + "/x", content(30_000, 1)).bytes("b/d" + i + "/y", content(8_000, i));
      }
      assertEquals(5, later(tree).counts().shared());

      Told idle = later(tree);
      assertEquals(0, idle.counts().shared());
      assertEquals(6, idle.counts().alreadyShared());
      assertEquals(0, idle.counts().bytesRead());

      tree.bytes("b/new/x", content(30_000, 1));
      tree.overwrite("a/d3/x", content(30_000, 9));
      Told third = later(tree);
      assertEquals(1, third.counts().shared());
      assertTrue(Blocks.areShared(tree, "a/d0/x", "b/new/x"));
      assertFalse(Blocks.areShared(tree, "a/d0/x", "a/d3/x"));
      assertArrayEquals(content(30_000, 9), tree.read("a/d3/x"));

      Told last = later(tree);
      assertEquals(0, last.counts().shared());
      assertEquals(6, last.counts().alreadyShared());
      assertEquals(0, last.counts().bytesRead());
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void whatSharesAlreadyIsSeenWithoutReading(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      tree.bytes("a/x", content(30_000, 1)).directory("b");
      Command.run(
          "cp", "--reflink=always", tree.path("a/x").toString(), tree.path("b/x").toString());
      Told told = run(tree);

      assertEquals(2, told.counts().alreadyShared());
      assertEquals(0, told.counts().shared());
      assertEquals(0, told.counts().bytesRead());
      assertEquals(0, told.counts().reclaimedBytes());
    }
  }

  @Test
  void btrfsInlineFilesAreSkipped() throws IOException {
    try (var tree = TestVolume.btrfs().tree()) {
      tree.bytes("a/x", content(500, 1)).bytes("b/x", content(500, 1));
      Told told = run(tree);

      assertEquals(2L, told.counts().skipped().get(SkipReason.INLINE));
      assertEquals(0, told.counts().problems());
    }
  }

  @Test
  void fileStoredWithoutChecksumsIsRefused() throws IOException {
    try (var tree = TestVolume.btrfs().tree()) {
      // FS_NOCOW_FL of linux/fs.h.
      tree.bytes("b/x", new byte[0]).flags("b/x", 0x80_0000);
      tree.overwrite("b/x", content(30_000, 1));
      tree.bytes("a/x", content(30_000, 1));
      Told told = run(tree);

      assertEquals(1L, told.counts().refused().get(Refusal.STORED_OTHERWISE));
      assertEquals(0, told.counts().problems());
    }
  }

  @Test
  void subvolumesShareThroughOneStore() throws IOException {
    try (var tree = TestVolume.btrfs().tree()) {
      for (String root : List.of("a", "b")) {
        Command.run("btrfs", "subvolume", "create", tree.path(root).toString());
        tree.bytes(root + "/x", content(30_000, 1))
            .bytes(root + "/own", content(9_000, root.charAt(0)));
        Command.run("btrfs", "subvolume", "create", tree.path(root + "/nested").toString());
        tree.bytes(root + "/nested/x", content(30_000, 1));
      }
      assertEquals(tree.stat("a/x").inode(), tree.stat("b/x").inode());

      Told told = run(tree);
      assertEquals(1, told.counts().shared());
      assertEquals(4, told.counts().found());
      assertTrue(Blocks.areShared(tree, "a/x", "b/x"));
      assertFalse(Blocks.areShared(tree, "a/x", "a/nested/x"));
      assertEquals(0, run(tree).counts().bytesRead());

      var all =
          Root.of(
              List.of(
                  tree.path("a"), tree.path("b"), tree.path("a/nested"), tree.path("b/nested")));
      Told four = runs(tree).real(Options.REFLINK, all);
      assertEquals(2, four.counts().shared());
      assertTrue(Blocks.areShared(tree, "a/x", "b/nested/x"));
      assertEquals(0, runs(tree).real(Options.REFLINK, all).counts().bytesRead());
      removeSubvolumes(tree, "a/nested", "b/nested", "a", "b");
    }
  }

  @Test
  void readOnlySubvolumeIsLeftAloneAndSaidSo() throws IOException {
    try (var tree = TestVolume.btrfs().tree()) {
      Command.run("btrfs", "subvolume", "create", tree.path("a").toString());
      tree.bytes("a/x", content(30_000, 1));
      Command.run(
          "btrfs",
          "subvolume",
          "snapshot",
          "-r",
          tree.path("a").toString(),
          tree.path("b").toString());
      tree.bytes("c/x", content(30_000, 1));
      var roots = Root.of(List.of(tree.path("a"), tree.path("b"), tree.path("c")));
      Told told = runs(tree).real(Options.REFLINK, roots);

      assertEquals(2, told.counts().found());
      assertTrue(told.notes().stream().anyMatch(note -> note.contains("read-only")));
      assertEquals(0, told.counts().problems());
      Command.run("btrfs", "property", "set", tree.path("b").toString(), "ro", "false");
      removeSubvolumes(tree, "a", "b");
    }
  }

  private static void removeSubvolumes(Tree tree, String... paths) throws IOException {
    for (String path : paths) {
      Command.run("btrfs", "subvolume", "delete", tree.path(path).toString());
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void breakingGivesBlocksOfTheirOwnAgain(TestVolume volume) throws Exception {
    try (var tree = volume.tree()) {
      tree.bytes("a/x", content(30_000, 1)).bytes("b/x", content(30_000, 1));
      tree.bytes("b/own", content(9_000, 2)).hardLink("b/x", "b/xx");
      tree.mode("b/x", 04750).modified("b/x", 1_600_000_000_123_456_789L);
      run(tree);
      assertTrue(Blocks.areShared(tree, "a/x", "b/x"));
      var before = TreeFingerprint.of(tree.path("b"));

      BreakReport plan = runs(tree).breakSharing(RunMode.DRY, tree.path("b"));
      assertEquals(2, plan.broken());
      BreakReport done = runs(tree).breakSharing(RunMode.REAL, tree.path("b"));

      assertEquals(List.of(), done.problems());
      assertEquals(2, done.broken());
      assertFalse(Blocks.areShared(tree, "a/x", "b/x"));
      assertFalse(Blocks.of(tree, "b/x").hasShared());
      TreeFingerprint.assertSameExceptInodes(before, TreeFingerprint.of(tree.path("b")));
      assertEquals(tree.stat("b/x").inode(), tree.stat("b/xx").inode());
    }
  }

  @Test
  void storesChangeTheirWayOnlyWhenNothingIsSharedInTheOther() throws Exception {
    try (var tree = TestVolume.xfs().tree()) {
      tree.bytes("a/x", content(30_000, 1)).bytes("b/x", content(30_000, 1));
      tree.modified("a/x", 1L << 60).modified("b/x", 1L << 60);
      run(tree);
      Options links = Options.DEFAULT;
      assertEquals(1, runs(tree).real(links, roots(tree)).counts().shared());
      assertEquals(tree.stat("a/x").inode(), tree.stat("b/x").inode());

      var request = runs(tree).request(RunMode.REAL, Options.REFLINK, roots(tree));
      var failed = assertThrows(RunException.class, () -> runs(tree).tryUnify(request));
      assertTrue(String.valueOf(failed.getMessage()).contains("hashify break"));
    }
  }

  /// As file servers take it for their clients: whoever has it may have the file open for writing.
  @ParameterizedTest
  @MethodSource("volumes")
  void fileUnderAWriteLeaseIsLeftAlone(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      tree.bytes("a/x", content(30_000, 1)).bytes("b/x", content(30_000, 1));
      try (var _ = Dweller.leasing(tree.path("b/x"))) {
        Told told = later(tree);
        assertEquals(List.of(), told.problems());
        TreePath path = TreePath.of(tree.path("b/x").toString());
        assertEquals(Refusal.OPEN_FOR_WRITING, told.refused().get(path));
      }
      assertEquals(1, later(tree).counts().shared());
    }
  }

  @Test
  void fileSystemWithoutReflinksIsRefusedInOneLine() throws IOException {
    try (var tree = TestVolume.ext4().tree()) {
      tree.bytes("a/x", content(30_000, 1)).bytes("b/x", content(30_000, 1));
      var request = runs(tree).request(RunMode.REAL, Options.REFLINK, roots(tree));
      var failed = assertThrows(RunException.Unusable.class, () -> runs(tree).tryUnify(request));
      assertTrue(String.valueOf(failed.getMessage()).contains("no reflinks"));
      assertFalse(Files.exists(tree.path("store")));
    }
  }

  @Test
  void otherCommandsSayThatThereIsNothingToDo() throws Exception {
    try (var tree = TestVolume.xfs().tree()) {
      tree.bytes("a/x", content(30_000, 1)).bytes("b/x", content(30_000, 1));
      run(tree);
      assertEquals(0, runs(tree).verify(StoreRequest.Repair.NO).objects());
      assertEquals(0, runs(tree).sweep().dropped());
      assertEquals(0, runs(tree).release(tree.path("a")).broken());
      assertTrue(Blocks.areShared(tree, "a/x", "b/x"));
    }
  }
}
