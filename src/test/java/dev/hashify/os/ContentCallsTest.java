package dev.hashify.os;

import static dev.hashify.os.Expect.name;
import static dev.hashify.testkit.RealLinux.LINUX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TestVolume.Kind;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class ContentCallsTest {

  private static final int BUFFER = ReadBuffer.SIZE_BYTES;

  private final TestVolume volume;
  private final Tree tree;

  ContentCallsTest(TestVolume volume) throws IOException {
    this.volume = volume;
    this.tree = volume.tree();
  }

  private static byte[] noise(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new Random(sizeBytes).nextBytes(bytes);
    return bytes;
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    for (int size : new int[] {0, 1, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER, 700_001}) {
      tree.bytes("f" + size, noise(size));
      assertArrayEquals(noise(size), tree.read("f" + size));
    }
  }

  @Test
  void readEndsAtTheEndOfTheFile() throws IOException {
    tree.bytes("f", noise(1000));
    try (var file = tree.open("f");
        var buffer = new ReadBuffer()) {
      assertEquals(1000, LINUX.content().read(file, buffer, BUFFER, 0));
      assertEquals(10, LINUX.content().read(file, buffer, BUFFER, 990));
      assertEquals(0, LINUX.content().read(file, buffer, BUFFER, 1000));
      assertEquals(0, LINUX.content().read(file, buffer, BUFFER, 1L << 40));
      assertEquals(500, LINUX.content().read(file, buffer, 500, 0));
      assertThrows(
          IllegalArgumentException.class, () -> LINUX.content().read(file, buffer, BUFFER + 1, 0));
    }
  }

  @Test
  void closedBufferIsNotWrittenInto() throws IOException {
    tree.bytes("f", noise(1000));
    var buffer = new ReadBuffer();
    buffer.close();
    try (var file = tree.open("f")) {
      assertThrows(IllegalStateException.class, () -> LINUX.content().read(file, buffer, 10, 0));
    }
  }

  @Test
  void moreThanTheBufferHoldsIsNotWritten() throws IOException {
    try (var root = tree.openDirectory("");
        var file = LINUX.open().create(root, name("f"), 0600);
        var buffer = new ReadBuffer()) {
      assertThrows(
          IllegalArgumentException.class, () -> LINUX.content().write(file, buffer, BUFFER + 1, 0));
    }
  }

  @Test
  void buffersDifferWhereTheyDiffer() throws IOException {
    byte[] changed = noise(1000);
    changed[777] ^= 1;
    tree.bytes("a", noise(1000)).bytes("b", changed);
    try (var a = tree.open("a");
        var b = tree.open("b");
        var one = new ReadBuffer();
        var other = new ReadBuffer()) {
      LINUX.content().read(a, one, 1000, 0);
      LINUX.content().read(b, other, 1000, 0);
      assertEquals(777, one.mismatch(other, 1000));
      assertEquals(-1, one.mismatch(other, 777));
      assertEquals(changed[777], other.bytes(1000).get(777));
    }
  }

  @Test
  void fileLargerThanExpectedIsNotReadWhole() throws IOException {
    tree.bytes("f", noise(1001));
    try (var file = tree.open("f")) {
      Expect.errno(Errno.EFBIG, () -> LINUX.content().readAll(file, 1000));
      assertEquals(1001, LINUX.content().readAll(file, 1001).length);
    }
  }

  @Test
  void readingADirectoryIsAnError() throws IOException {
    try (var root = tree.openDirectory("");
        var buffer = new ReadBuffer()) {
      ErrnoException failure =
          Expect.errno(Errno.EISDIR, () -> LINUX.content().read(root, buffer, 10, 0));
      assertEquals("pread64: is a directory (EISDIR)", failure.getMessage());
    }
  }

  @Test
  void truncateCutsAndGrowsWithZeros() throws IOException {
    tree.bytes("f", noise(5000));
    try (var root = tree.openDirectory("");
        var file = LINUX.open().openOrCreate(root, name("f"), 0600)) {
      LINUX.content().truncate(file, 10);
      LINUX.content().truncate(file, 20);
    }
    byte[] expected = java.util.Arrays.copyOf(java.util.Arrays.copyOf(noise(5000), 10), 20);
    assertArrayEquals(expected, tree.read("f"));
  }

  @Test
  void holesAreFound() throws IOException {
    long mebibyte = 1 << 20;
    tree.sparse("f", 4 * mebibyte, mebibyte);
    try (var file = tree.open("f")) {
      assertEquals(mebibyte, LINUX.content().nextData(file, 0));
      long hole = LINUX.content().nextHole(file, mebibyte);
      assertTrue(hole > mebibyte && hole < 2 * mebibyte, "hole at " + hole);
      assertEquals(-1, LINUX.content().nextData(file, hole));
      assertEquals(-1, LINUX.content().nextData(file, 4 * mebibyte));
      assertEquals(0, LINUX.content().nextHole(file, 0));
    }
    assertTrue(tree.stat("f").allocatedBytes() < mebibyte);
  }

  @Test
  void endOfAFileWithoutHolesIsAHole() throws IOException {
    tree.bytes("f", noise(5000));
    try (var file = tree.open("f")) {
      assertEquals(0, LINUX.content().nextData(file, 0));
      assertEquals(5000, LINUX.content().nextHole(file, 0));
    }
  }

  @Test
  void contentIsClonedWhereTheFileSystemCan() throws IOException {
    tree.bytes("f", noise(100_000));
    try (var root = tree.openDirectory("");
        var from = tree.open("f");
        var to = LINUX.open().create(root, name("g"), 0600)) {
      boolean cloned = LINUX.content().cloneContent(from, to);

      assertEquals(volume.kind() != Kind.EXT4, cloned);
      assertArrayEquals(cloned ? noise(100_000) : new byte[0], tree.read("g"));
    }
  }

  @Test
  void contentIsNotClonedAcrossFileSystems() throws IOException {
    tree.bytes("f", noise(100));
    try (Tree other = TestVolume.plain().tree();
        var elsewhere = other.openDirectory("");
        var from = tree.open("f");
        var to = LINUX.open().create(elsewhere, name("g"), 0600)) {
      assertEquals(false, LINUX.content().cloneContent(from, to));
    }
  }

  @Test
  void syncAndAdviceAreAccepted() throws IOException {
    tree.bytes("f", noise(100));
    try (var root = tree.openDirectory("");
        var file = tree.open("f")) {
      LINUX.content().adviseSequential(file);
      LINUX.content().sync(file);
      LINUX.content().sync(root);
      LINUX.content().syncFileSystem(root);
      LINUX.content().adviseDontNeed(file);
    }
  }
}
