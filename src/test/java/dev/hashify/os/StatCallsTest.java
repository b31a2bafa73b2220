package dev.hashify.os;

import static dev.hashify.os.Expect.name;
import static dev.hashify.testkit.RealLinux.LINUX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.FileMode;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.RandomTree;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class StatCallsTest {

  private final TestVolume volume;
  private final DirectoryListing listing = new DirectoryListing();
  private Tree tree;

  StatCallsTest(TestVolume volume) throws IOException {
    this.volume = volume;
    this.tree = volume.tree();
  }

  /// Lists the tree's top; the positions by name.
  private Map<String, Integer> list(Linux linux) throws IOException {
    try (var root = linux.open().directory(tree.hostPath())) {
      linux.stat().list(root, listing);
    }
    var positions = new TreeMap<String, Integer>();
    for (int i = 0; i < listing.count(); i++) {
      positions.put(new String(listing.name(i), StandardCharsets.ISO_8859_1), i);
    }
    return positions;
  }

  private int at(Map<String, Integer> positions, String name) {
    return java.util.Objects.requireNonNull(positions.get(name), name);
  }

  @Test
  void statSaysWhatWasSet() throws IOException {
    tree.file("f", "12345").hardLink("f", "g").owner("f", 12, 34).mode("f", 04751);
    tree.modified("f", 1_234_567_890_123_456_789L);

    FileStat stat = tree.stat("f");

    assertEquals(0104751, stat.mode());
    assertEquals(12, stat.uid());
    assertEquals(34, stat.gid());
    assertEquals(5, stat.sizeBytes());
    assertEquals(2, stat.links());
    assertEquals(1_234_567_890_123_456_789L, stat.modifiedNanos());
    assertTrue(stat.changedNanos() > 1_700_000_000_000_000_000L);
    Map<String, Object> seen = Files.readAttributes(tree.path("f"), "unix:ino,ctime");
    assertEquals(seen.get("ino"), stat.inode());
  }

  @Test
  void statOfOpenFileAndOfItsNameAgree() throws IOException {
    tree.file("f", "text");
    try (var root = LINUX.open().directory(tree.hostPath());
        var file = LINUX.open().file(root, name("f"))) {
      assertEquals(LINUX.stat().of(root, name("f")), LINUX.stat().of(file));
    }
  }

  @Test
  void statDoesNotFollowSymlinks() throws IOException {
    tree.file("f", "text").symlink("link", "f");
    assertEquals(FileMode.SYMLINK, tree.stat("link").mode() & FileMode.TYPE_MASK);
    assertNotEquals(tree.id("f"), tree.id("link"));
  }

  @Test
  void mountIdIsThatOfTheMountTable() throws IOException {
    long id = tree.stat("").mountId();
    Mount mount = Mounts.read().byId(id).orElseThrow();
    assertEquals(volume.toString(), mount.type());
    assertEquals(TreePath.of(volume.root().toRealPath().toString()), mount.point());
  }

  @Test
  void missingNameIsEnoent() throws IOException {
    try (var root = LINUX.open().directory(tree.hostPath())) {
      Expect.errno(Errno.ENOENT, () -> LINUX.stat().of(root, name("missing")));
    }
  }

  @Test
  void listingHasTheStatOfRegularFiles() throws IOException {
    tree.file("f", "12345").modified("f", 42).directory("d").symlink("l", "f").fifo("p");

    var positions = list(LINUX);

    assertEquals(4, listing.count());
    int f = at(positions, "f");
    FileStat stat = tree.stat("f");
    assertEquals(stat.inode(), listing.inode(f));
    assertEquals(stat.mode(), listing.mode(f));
    assertEquals(stat.links(), listing.links(f));
    assertEquals(5, listing.sizeBytes(f));
    assertEquals(42, listing.modifiedNanos(f));
    assertEquals(stat.changedNanos(), listing.changedNanos(f));
    assertTrue(listing.isDirectory(at(positions, "d")));
    assertEquals(FileMode.SYMLINK, listing.mode(at(positions, "l")));
    assertEquals(010000, listing.mode(at(positions, "p")));
  }

  @Test
  void emptyDirectoryHasNoEntries() throws IOException {
    assertTrue(list(LINUX).isEmpty());
  }

  @Test
  void entriesOfManyBuffersComeOnceEachInInodeOrder() throws IOException {
    var expected = new TreeSet<String>();
    for (int i = 0; i < 3000; i++) {
      // Made in an order that is not that of the names.
      String entry = "entry-" + (i * 7919 % 3000) + "-" + "n".repeat(60);
      expected.add(entry);
      tree.bytes(entry, new byte[0]);
    }

    var positions = list(LINUX);

    assertEquals(3000, listing.count());
    assertEquals(expected, positions.keySet());
    for (int i = 1; i < listing.count(); i++) {
      assertTrue(listing.inode(i - 1) < listing.inode(i));
    }
  }

  @Test
  void hostileNamesAreListedByteForByte() throws IOException {
    var expected = new TreeSet<TreePath>();
    for (byte[] hostile : RandomTree.hostileNames()) {
      tree.bytes(TreePath.of(hostile), hostile);
      expected.add(TreePath.of(hostile));
    }
    list(LINUX);
    var seen = new TreeSet<TreePath>();
    for (int i = 0; i < listing.count(); i++) {
      seen.add(TreePath.of(listing.name(i)));
      assertEquals(listing.nameLength(i), listing.sizeBytes(i), "stat of another entry");
    }
    assertEquals(expected, seen);
  }

  @Test
  void entryRemovedBeforeItsStatIsVanished() throws IOException {
    tree.file("a", "a").file("b", "b").file("c", "c");
    String second = Long.compare(tree.id("a").inode(), tree.id("b").inode()) < 0 ? "b" : "a";
    var calls = new FaultyCalls(new NativeSystemCalls()).only(SystemCall.STATX);
    calls.runBefore(1, () -> remove(second));

    var positions = list(new Linux(calls));

    assertTrue(listing.isVanished(at(positions, second)));
    assertFalse(listing.isVanished(at(positions, "c")));
    assertEquals(Optional.empty(), listing.failure(at(positions, second)));
  }

  private void remove(String path) {
    try {
      tree.remove(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void entryReplacedByASymlinkBeforeItsStatIsNoFile() throws IOException {
    tree.file("a", "a");
    var calls = new FaultyCalls(new NativeSystemCalls()).only(SystemCall.STATX);
    calls.runBefore(
        1,
        () -> {
          try {
            tree.remove("a").symlink("a", "/etc/passwd");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    var positions = list(new Linux(calls));

    assertFalse(listing.isRegular(at(positions, "a")));
  }

  @Test
  void entryWhoseStatFailsSaysWhyAndTheOthersAreThere() throws IOException {
    tree.file("a", "a").file("b", "bb");
    var calls = new FaultyCalls(new NativeSystemCalls()).only(SystemCall.STATX);
    calls.failOnce(1, Errno.EIO);

    list(new Linux(calls));

    assertEquals(Optional.of(Errno.EIO), listing.failure(0));
    assertFalse(listing.isVanished(0));
    assertEquals(Optional.empty(), listing.failure(1));
    assertTrue(listing.sizeBytes(1) > 0);
  }

  @Test
  void listingThatBreaksOffIsAnError() throws IOException {
    for (int i = 0; i < 1500; i++) {
      tree.bytes("entry-" + i + "-" + "n".repeat(60), new byte[0]);
    }
    var calls = new FaultyCalls(new NativeSystemCalls()).only(SystemCall.GETDENTS64);
    calls.failOnce(2, Errno.EIO);

    ErrnoException failure = Expect.errno(Errno.EIO, () -> list(new Linux(calls)));

    assertEquals(SystemCall.GETDENTS64, failure.call());
  }

  @Test
  void listingCanBeUsedAgain() throws IOException {
    for (int i = 0; i < 200; i++) {
      tree.file("first-" + i, "x");
    }
    list(LINUX);
    tree = volume.tree().file("only", "text").symlink("link", "only");

    var positions = list(LINUX);

    assertEquals(2, listing.count());
    assertEquals(4, listing.sizeBytes(at(positions, "only")));
    assertEquals(0, listing.sizeBytes(at(positions, "link")));
    assertArrayEquals(name("only"), listing.name(at(positions, "only")));
  }
}
