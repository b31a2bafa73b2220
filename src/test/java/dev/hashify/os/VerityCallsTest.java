package dev.hashify.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.file.FileStat;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.Verity;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the kernel does when files are sealed: the ground that the guard stands on.
@Tag(Verity.TAG)
@ParameterizedClass
@MethodSource("volumes")
class VerityCallsTest {

  private static final String TEXT = "some text that is going to be sealed";

  private final Tree tree;

  VerityCallsTest(TestVolume volume) throws IOException {
    tree = volume.tree();
    Verity.require(tree);
    tree.file("f", TEXT);
  }

  static Stream<TestVolume> volumes() {
    return Stream.of(TestVolume.ext4(), TestVolume.btrfs());
  }

  @AfterEach
  void takeAway() throws IOException {
    tree.close();
  }

  private FileStat stat() throws IOException {
    return tree.stat("f");
  }

  private Errno refusal() throws IOException {
    try (var file = tree.open("f")) {
      ErrnoException failed =
          assertThrows(ErrnoException.class, () -> RealLinux.LINUX.verity().seal(file));
      assertFalse(Verity.isSealed(stat()));
      return failed.errno();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 300_000})
  void fileOfAnySizeIsSealedAndReadsAsBefore(int sizeBytes) throws Exception {
    byte[] content = "x".repeat(sizeBytes).getBytes(UTF_8);
    tree.bytes("sized", content);
    Verity.seal(tree, "sized");
    assertTrue(Verity.isSealed(tree.stat("sized")));
    assertArrayEquals(content, tree.read("sized"));
  }

  @Test
  void sealingAgainDoesNothing() throws Exception {
    Verity.seal(tree, "f");
    FileStat before = stat();
    Verity.seal(tree, "f");
    assertEquals(before, stat());
  }

  @Test
  void fileThatIsOpenForWritingIsNotSealed() throws Exception {
    try (var _ = FileChannel.open(tree.path("f"), StandardOpenOption.WRITE)) {
      assertEquals(Errno.ETXTBSY, refusal());
    }
    Verity.seal(tree, "f");
  }

  @Test
  void fileThatIsMappedForWritingIsNotSealed() throws Exception {
    try (var arena = Arena.ofConfined()) {
      var channel =
          FileChannel.open(tree.path("f"), StandardOpenOption.READ, StandardOpenOption.WRITE);
      var bytes = channel.map(MapMode.READ_WRITE, 0, 4, arena);
      channel.close();
      assertEquals(Errno.ETXTBSY, refusal());
      bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) 'S');
    }
    assertTrue(tree.text("f").startsWith("S"));
  }

  @Test
  void readersReadOn() throws Exception {
    try (var arena = Arena.ofConfined();
        var channel = FileChannel.open(tree.path("f"))) {
      var bytes = channel.map(MapMode.READ_ONLY, 0, TEXT.length(), arena);
      Verity.seal(tree, "f");
      assertEquals(TEXT, new String(bytes.toArray(ValueLayout.JAVA_BYTE), UTF_8));
      assertEquals(TEXT.length(), channel.size());
    }
  }

  @Test
  void leaseIsNoObstacleAndStays() throws Exception {
    try (var file = tree.open("f")) {
      assertEquals(LeaseCalls.Grant.TAKEN, RealLinux.LINUX.leases().take(file));
      RealLinux.LINUX.verity().seal(file);
      assertTrue(RealLinux.LINUX.leases().isUndisturbed(file));
      assertEquals(LeaseCalls.Grant.TAKEN, RealLinux.LINUX.leases().take(file));
    }
  }

  @Test
  void immutableFileCannotBeSealed() throws Exception {
    tree.flags("f", InodeFlags.IMMUTABLE);
    assertEquals(Errno.EPERM, refusal());
    tree.flags("f", 0);
  }

  @Test
  void modificationTimeOfASealedFileCanBeSet() throws Exception {
    Verity.seal(tree, "f");
    tree.modified("f", 1_700_000_000_123_456_789L);
    assertEquals(1_700_000_000_123_456_789L, stat().modifiedNanos());
  }

  @Test
  void allNamesAreSealed() throws Exception {
    tree.hardLink("f", "g");
    Verity.seal(tree, "g");
    assertTrue(Verity.isSealed(stat()));
    assertThrows(IOException.class, () -> Files.write(tree.path("f"), new byte[1]));
  }

  @Test
  void knownWhereItIs() throws Exception {
    try (var directory = tree.openDirectory("");
        var file = tree.open("f")) {
      assertTrue(RealLinux.LINUX.verity().isKnown(file));
      assertTrue(RealLinux.LINUX.verity().isKnown(directory));
    }
  }
}
