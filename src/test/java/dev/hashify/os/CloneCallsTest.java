package dev.hashify.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.os.CloneCalls.Placing;
import dev.hashify.os.CloneCalls.Sharing;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CloneCallsTest {

  private static final CloneCalls CLONES = RealLinux.LINUX.clones();
  private static final int SIZE = 100_001;

  static Stream<TestVolume> volumes() {
    return Stream.of(TestVolume.xfs(), TestVolume.btrfs());
  }

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i / 7);
    }
    return bytes;
  }

  private static FileExtents extents(Tree tree, String path) throws IOException {
    try (var file = tree.open(path)) {
      return CLONES.extents(file, tree.stat(path).sizeBytes(), Placing.PLACE_FIRST);
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void equalFilesShareAllBlocksUpToAnUnalignedEnd(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      tree.bytes("a", content(SIZE)).bytes("b", content(SIZE));
      FileExtents before = extents(tree, "b");
      assertFalse(extents(tree, "a").hasSameBlocks(before));
      assertEquals(102_400, before.exclusiveBytes());

      try (var a = tree.open("a");
          var b = tree.open("b")) {
        assertEquals(List.of(new Sharing.Shared(SIZE)), CLONES.share(a, List.of(b), 0, SIZE));
      }

      FileExtents after = extents(tree, "b");
      assertTrue(extents(tree, "a").hasSameBlocks(after));
      assertTrue(after.isProof());
      assertTrue(after.hasShared());
      assertEquals(0, after.exclusiveBytes());
      assertEquals(102_400, before.exclusiveBytesNotIn(after));
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void eachDestinationHasItsOwnAnswer(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      byte[] other = content(SIZE);
      other[SIZE - 1]++;
      tree.bytes("a", content(SIZE)).bytes("b", other).bytes("c", content(SIZE));
      tree.bytes("d", content(SIZE)).flags("d", InodeFlags.IMMUTABLE);
      try (var a = tree.open("a");
          var b = tree.open("b");
          var c = tree.open("c");
          var d = tree.open("d")) {
        List<Sharing> answers = CLONES.share(a, List.of(b, c, d), 0, SIZE);

        assertEquals(new Sharing.Different(), answers.get(0));
        assertEquals(new Sharing.Shared(SIZE), answers.get(1));
        assertInstanceOf(Sharing.Failed.class, answers.get(2));
      }
      assertFalse(extents(tree, "b").hasShared());
      assertEquals(other[SIZE - 1], tree.read("b")[SIZE - 1]);
      tree.flags("d", 0);
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void holesHaveNoExtents(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      tree.sparse("sparse", 3L << 30, 0, 1L << 30, (2L << 30) + 4096);
      FileExtents extents = extents(tree, "sparse");

      assertEquals(3, extents.count());
      assertEquals((2L << 30) + 4096, extents.start(2));
      assertEquals(3L * Tree.SPARSE_DATA_BYTES, extents.exclusiveBytes());
      assertEquals(0, extents(tree.sparse("hole", 1 << 20), "hole").count());
    }
  }

  @Test
  void moreExtentsThanOneCallGivesAreAllFound() throws IOException {
    try (var tree = TestVolume.xfs().tree()) {
      long[] offsets = LongStream.range(0, 1500).map(i -> i * 16384).toArray();
      tree.sparse("many", 1500L * 16384, offsets);

      assertEquals(1500, extents(tree, "many").count());
    }
  }

  @Test
  void smallBtrfsFileIsInline() throws IOException {
    try (var tree = TestVolume.btrfs().tree()) {
      FileExtents small = extents(tree.bytes("small", content(1000)), "small");
      assertTrue(small.isInline());
      assertFalse(small.isProof());
      assertFalse(extents(tree.bytes("large", content(5000)), "large").isInline());
    }
  }

  @Test
  void compressedExtentsProveNothing() throws IOException {
    try (var tree = TestVolume.btrfs().tree()) {
      // FS_COMPR_FL of linux/fs.h.
      tree.bytes("file", new byte[0]).flags("file", 0x4);
      tree.overwrite("file", content(SIZE));
      assertFalse(extents(tree, "file").isProof());
    }
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void whatWasWrittenJustNowHasNoPlaceYet(TestVolume volume) throws IOException {
    try (var tree = volume.tree()) {
      tree.bytes("new", content(SIZE));
      try (var file = tree.open("new")) {
        assertTrue(CLONES.extents(file, SIZE, Placing.AS_IT_IS).isUnplaced());
        assertFalse(CLONES.extents(file, SIZE, Placing.PLACE_FIRST).isUnplaced());
      }
    }
  }

  @Test
  void fileSystemWithoutReflinksDeclines() throws IOException {
    try (var tree = TestVolume.ext4().tree()) {
      tree.bytes("a", content(SIZE)).bytes("b", content(SIZE));
      try (var a = tree.open("a");
          var b = tree.open("b")) {
        var failed = assertThrows(ErrnoException.class, () -> CLONES.share(a, List.of(b), 0, SIZE));
        assertTrue(CloneCalls.meansCannot(failed.errno()));
      }
    }
  }

  @Test
  void moreThanOneCallTakesIsRefusedBeforeTheKernelSeesIt() throws IOException {
    try (var tree = TestVolume.xfs().tree()) {
      tree.bytes("a", content(SIZE));
      try (var a = tree.open("a")) {
        var many = Collections.nCopies(CloneCalls.DESTINATIONS_MAX + 1, a);
        assertThrows(IllegalArgumentException.class, () -> CLONES.share(a, many, 0, SIZE));
        long tooMuch = CloneCalls.BYTES_MAX + 1;
        assertThrows(IllegalArgumentException.class, () -> CLONES.share(a, List.of(a), 0, tooMuch));
      }
    }
  }
}
