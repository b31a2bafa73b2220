package dev.hashify.os;

import static dev.hashify.os.Expect.name;
import static dev.hashify.testkit.RealLinux.LINUX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.Invariants;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class OpenCallsTest {

  private final Tree tree;

  OpenCallsTest(TestVolume volume) throws IOException {
    this.tree = volume.tree();
  }

  private Descriptor root() throws IOException {
    return LINUX.open().directory(tree.hostPath());
  }

  private void refuses(Errno errno, String path) throws IOException {
    try (var root = root()) {
      Expect.errno(errno, () -> LINUX.open().directoryBeneath(root, TreePath.of(path)).close());
    }
  }

  @Test
  void directoryBeneathIsTheOneOfThatPath() throws IOException {
    tree.directory("a/b/c");
    try (var root = root();
        var opened = LINUX.open().directoryBeneath(root, TreePath.of("a/b/c"))) {
      assertEquals(tree.id("a/b/c"), LINUX.stat().of(opened).id());
    }
  }

  @Test
  void emptyPathIsTheRootItself() throws IOException {
    try (var root = root();
        var opened = LINUX.open().directoryBeneath(root, TreePath.EMPTY)) {
      assertEquals(LINUX.stat().of(root), LINUX.stat().of(opened));
    }
  }

  @Test
  void symlinkOnTheWayIsRefused() throws IOException {
    tree.directory("real/below").symlink("link", "real");
    refuses(Errno.ELOOP, "link/below");
    refuses(Errno.ELOOP, "link");
  }

  @Test
  void magicLinkIsRefused() throws IOException {
    try (var proc = LINUX.open().directory(TreePath.of("/proc/self"))) {
      Expect.errno(
          Errno.ELOOP, () -> LINUX.open().directoryBeneath(proc, TreePath.of("cwd")).close());
    }
  }

  @Test
  void pathThatLeadsOutIsRefused() throws IOException {
    tree.directory("a");
    refuses(Errno.EXDEV, "..");
    refuses(Errno.EXDEV, "a/../../x");
    refuses(Errno.EXDEV, "/");
    refuses(Errno.EXDEV, "/etc");
  }

  @Test
  void bindMountOfTheSameFileSystemIsRefused() throws IOException {
    tree.directory("inside/below").directory("mounted");
    Command.run("mount", "--bind", tree.path("inside").toString(), tree.path("mounted").toString());
    try {
      refuses(Errno.EXDEV, "mounted");
      refuses(Errno.EXDEV, "mounted/below");
    } finally {
      Command.run("umount", tree.path("mounted").toString());
    }
  }

  @Test
  void otherFileSystemIsRefused() throws IOException {
    tree.directory("mounted");
    Command.run("mount", "-t", "tmpfs", "tmpfs", tree.path("mounted").toString());
    try {
      refuses(Errno.EXDEV, "mounted");
    } finally {
      Command.run("umount", tree.path("mounted").toString());
    }
  }

  @Test
  void pathBeyondPathMaxIsOpenedInSteps() throws IOException {
    TreePath deep = TreePath.EMPTY;
    for (int i = 0; i < 50; i++) {
      deep = deep.child("d".repeat(200 + i));
    }
    tree.directory(deep);
    int before = Invariants.openDescriptors();
    try (var root = root();
        var opened = LINUX.open().directoryBeneath(root, deep)) {
      assertEquals(tree.stat(deep).id(), LINUX.stat().of(opened).id());
      TreePath missing = deep.child("missing");
      Expect.errno(Errno.ENOENT, () -> LINUX.open().directoryBeneath(root, missing).close());
    }
    Invariants.openDescriptorsReturnTo(before);
  }

  @Test
  void everyLengthAroundTheStepIsOpened() throws IOException {
    // Components of one byte make a step end right before, at and right after a separator.
    TreePath path = TreePath.of("x".repeat(200));
    for (int i = 0; i < 19; i++) {
      path = path.child("x".repeat(199));
    }
    for (String last : new String[] {"", "a", "ab", "abc"}) {
      TreePath deep = last.isEmpty() ? path : path.child(last).child("y".repeat(99));
      tree.directory(deep);
      try (var root = root();
          var opened = LINUX.open().directoryBeneath(root, deep)) {
        assertEquals(tree.stat(deep).id(), LINUX.stat().of(opened).id());
      }
    }
  }

  @Test
  void componentThatNoFileSystemHasIsTooLong() throws IOException {
    refuses(Errno.ENAMETOOLONG, "n".repeat(256));
    refuses(Errno.ENAMETOOLONG, "n".repeat(5000));
    tree.directory("a");
    refuses(Errno.ENAMETOOLONG, "a/" + "n".repeat(5000));
  }

  @Test
  void symlinkIsNotOpenedAsAFile() throws IOException {
    tree.file("f", "text").symlink("link", "f");
    try (var root = root()) {
      Expect.errno(Errno.ELOOP, () -> LINUX.open().file(root, name("link")).close());
    }
  }

  @Test
  void symlinkIsNotOpenedAsASubdirectory() throws IOException {
    tree.directory("d").symlink("link", "d");
    try (var root = root()) {
      Expect.errno(Errno.ENOTDIR, () -> LINUX.open().subdirectory(root, name("link")).close());
    }
  }

  @Test
  void fifoDoesNotBlock() throws IOException {
    tree.fifo("fifo");
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          try (var root = root();
              var fifo = LINUX.open().file(root, name("fifo"))) {
            assertFalse(LINUX.stat().of(fifo).isRegular());
          }
        });
  }

  @Test
  void readingLeavesAccessTimesAlone() throws IOException {
    tree.file("d/f", "text");
    // With relatime a read moves the access time if it is older than the change.
    Files.setAttribute(
        tree.path("d/f"), "lastAccessTime", java.nio.file.attribute.FileTime.fromMillis(1000));
    Files.setAttribute(
        tree.path("d"), "lastAccessTime", java.nio.file.attribute.FileTime.fromMillis(1000));

    try (var root = root();
        var directory = LINUX.open().directoryBeneath(root, TreePath.of("d"));
        var file = LINUX.open().file(directory, name("f"))) {
      LINUX.content().readAll(file, 100);
      LINUX.stat().list(directory, new dev.hashify.file.DirectoryListing());

      assertEquals(1_000_000_000L, RealLinux.accessedNanos(directory, name("f")));
      assertEquals(1_000_000_000L, RealLinux.accessedNanos(root, name("d")));
    }
  }

  @Test
  void nameOfSeveralComponentsIsABug() throws IOException {
    try (var root = root()) {
      for (String bad : new String[] {"", ".", "..", "a/b", "/", "a\0b"}) {
        assertThrows(
            IllegalArgumentException.class, () -> LINUX.open().file(root, name(bad)).close());
        assertThrows(IllegalArgumentException.class, () -> LINUX.names().unlink(root, name(bad)));
      }
    }
  }

  @Test
  void namesThatLookSpecialAreOrdinary() throws IOException {
    for (String odd : new String[] {"...", "..a", "-rf", " ", "\n", "\u001b[2J"}) {
      tree.file(odd, odd);
      assertEquals(odd, tree.text(odd));
    }
    byte[] invalid = {(byte) 0xc3, (byte) 0x28, (byte) 0xff};
    tree.bytes(TreePath.of(invalid), invalid);
    assertArrayEquals(invalid, tree.read(TreePath.of(invalid)));
  }

  @Test
  void createNeverOverwrites() throws IOException {
    tree.file("f", "text").symlink("dangling", "nowhere");
    try (var root = root()) {
      Expect.errno(Errno.EEXIST, () -> LINUX.open().create(root, name("f"), 0600).close());
      Expect.errno(Errno.EEXIST, () -> LINUX.open().create(root, name("dangling"), 0600).close());
    }
    assertEquals("text", tree.text("f"));
  }

  @Test
  void openOrCreateKeepsWhatIsThere() throws IOException {
    try (var root = root()) {
      LINUX.open().openOrCreate(root, name("lock"), 0600).close();
      assertEquals(0100600, tree.stat("lock").mode());
      tree.overwrite("lock", name("text"));
      LINUX.open().openOrCreate(root, name("lock"), 0644).close();
    }
    assertEquals("text", tree.text("lock"));
    assertEquals(0100600, tree.stat("lock").mode());
  }

  @Test
  void realPathHasNoSymlinks() throws IOException {
    tree.directory("real").symlink("link", "real");
    try (var opened = LINUX.open().directory(TreePath.of(tree.path("link").toString()))) {
      String expected = tree.path("real").toRealPath().toString();
      assertEquals(TreePath.of(expected), LINUX.open().realPath(opened));
    }
  }

  @Test
  void closedDescriptorIsNotUsedAgain() throws IOException {
    var root = root();
    root.close();
    root.close();
    assertThrows(IllegalStateException.class, () -> LINUX.stat().of(root));
  }
}
