package dev.hashify.os;

import static dev.hashify.os.Expect.name;
import static dev.hashify.testkit.RealLinux.LINUX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.file.FileMode;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class NameCallsTest {

  private final Tree tree;
  private final Descriptor here;
  private final Descriptor there;

  NameCallsTest(TestVolume volume) throws IOException {
    this.tree = volume.tree().directory("here").directory("there");
    this.here = tree.openDirectory("here");
    this.there = tree.openDirectory("there");
  }

  @AfterEach
  void closeDirectories() {
    here.close();
    there.close();
  }

  @Test
  void linkMakesBothNamesOneInode() throws IOException {
    tree.file("here/a", "text");
    LINUX.names().link(here, name("a"), there, name("b"));
    assertEquals(tree.id("here/a"), tree.id("there/b"));
    assertEquals(2, tree.stat("here/a").links());
  }

  @Test
  void linkNeverReplaces() throws IOException {
    tree.file("here/a", "one").file("there/b", "two");
    Expect.errno(Errno.EEXIST, () -> LINUX.names().link(here, name("a"), there, name("b")));
    assertEquals("two", tree.text("there/b"));
  }

  @Test
  void linkOfASymlinkLinksTheSymlink() throws IOException {
    tree.file("here/a", "text").symlink("here/l", "a");
    LINUX.names().link(here, name("l"), there, name("l2"));
    assertEquals(FileMode.SYMLINK, tree.stat("there/l2").mode() & FileMode.TYPE_MASK);
  }

  @Test
  void openFileIsLinkedAlthoughItsNameIsAnotherFileNow() throws IOException {
    tree.file("here/a", "opened").hardLink("here/a", "here/kept");
    try (var opened = tree.open("here/a")) {
      tree.remove("here/a").file("here/a", "usurper");
      LINUX.names().linkOpenFile(opened, there, name("b"));
    }
    assertEquals("opened", tree.text("there/b"));
    assertEquals(tree.id("here/kept"), tree.id("there/b"));
  }

  @Test
  void openFileWithoutANameCannotBeLinked() throws IOException {
    tree.file("here/a", "opened");
    try (var opened = tree.open("here/a")) {
      tree.remove("here/a");
      Expect.errno(Errno.ENOENT, () -> LINUX.names().linkOpenFile(opened, there, name("b")));
    }
    assertFalse(tree.exists("there/b"));
  }

  @Test
  void linkOfAnOpenFileNeverReplaces() throws IOException {
    tree.file("here/a", "one").file("there/b", "two");
    try (var opened = tree.open("here/a")) {
      Expect.errno(Errno.EEXIST, () -> LINUX.names().linkOpenFile(opened, there, name("b")));
    }
    assertEquals("two", tree.text("there/b"));
  }

  @Test
  void exchangeSwapsBothNames() throws IOException {
    tree.file("here/a", "one").file("there/b", "two");
    var one = tree.id("here/a");
    var two = tree.id("there/b");
    LINUX.names().exchange(here, name("a"), there, name("b"));
    assertEquals(two, tree.id("here/a"));
    assertEquals(one, tree.id("there/b"));
  }

  @Test
  void exchangeNeedsBothNames() throws IOException {
    tree.file("here/a", "one");
    Expect.errno(Errno.ENOENT, () -> LINUX.names().exchange(here, name("a"), there, name("b")));
    assertEquals("one", tree.text("here/a"));
  }

  @Test
  void exchangeOfTwoNamesOfOneInodeLeavesBoth() throws IOException {
    tree.file("here/a", "one").hardLink("here/a", "there/b");
    LINUX.names().exchange(here, name("a"), there, name("b"));
    assertEquals(2, tree.stat("here/a").links());
    assertTrue(tree.exists("there/b"));
  }

  @Test
  void renameOntoTheSameInodeDoesNothingAndLeavesTheOldName() throws IOException {
    tree.file("here/a", "one").hardLink("here/a", "there/b");
    LINUX.names().renameReplacing(here, name("a"), there, name("b"));
    assertTrue(tree.exists("here/a"));
    assertEquals(2, tree.stat("there/b").links());
  }

  @Test
  void renameReplaces() throws IOException {
    tree.file("here/a", "one").file("there/b", "two");
    LINUX.names().renameReplacing(here, name("a"), there, name("b"));
    assertEquals("one", tree.text("there/b"));
    assertFalse(tree.exists("here/a"));
  }

  @Test
  void renameNoReplaceRefusesATakenName() throws IOException {
    tree.file("here/a", "one").file("there/b", "two");
    Expect.errno(
        Errno.EEXIST, () -> LINUX.names().renameNoReplace(here, name("a"), there, name("b")));
    LINUX.names().renameNoReplace(here, name("a"), there, name("c"));
    assertEquals("two", tree.text("there/b"));
    assertEquals("one", tree.text("there/c"));
  }

  @Test
  void linkAcrossFileSystemsIsRefused() throws IOException {
    tree.file("here/a", "one");
    Tree other = TestVolume.plain().tree();
    try (var elsewhere = other.openDirectory("")) {
      Expect.errno(Errno.EXDEV, () -> LINUX.names().link(here, name("a"), elsewhere, name("b")));
    }
    other.close();
  }

  @Test
  void unlinkRemovesOneName() throws IOException {
    tree.file("here/a", "one").hardLink("here/a", "there/b");
    LINUX.names().unlink(here, name("a"));
    assertFalse(tree.exists("here/a"));
    assertEquals(1, tree.stat("there/b").links());
  }

  @Test
  void unlinkDoesNotRemoveDirectories() throws IOException {
    tree.directory("here/d");
    Expect.errno(Errno.EISDIR, () -> LINUX.names().unlink(here, name("d")));
  }

  @Test
  void directoryIsMadeOnceAndRemovedOnlyEmpty() throws IOException {
    LINUX.names().makeDirectory(here, name("d"), 0700);
    assertEquals(040700, tree.stat("here/d").mode());
    Expect.errno(Errno.EEXIST, () -> LINUX.names().makeDirectory(here, name("d"), 0700));
    tree.file("here/d/f", "text");
    Expect.errno(Errno.ENOTEMPTY, () -> LINUX.names().removeDirectory(here, name("d")));
    tree.remove("here/d/f");
    LINUX.names().removeDirectory(here, name("d"));
    assertFalse(tree.exists("here/d"));
  }
}
