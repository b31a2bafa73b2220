package dev.hashify.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A test tool that cannot fail proves nothing, so each check is shown to bite.
class TestkitTest {

  @TempDir Path temp;

  /// Writes `new` over `old` by way of a temporary name.
  private static void replaceSafely(Tree tree, SystemCalls calls) throws IOException {
    var linux = new Linux(calls);
    try (var top = linux.open().directory(tree.hostPath());
        var file = linux.open().create(top, "tmp".getBytes(UTF_8), 0644)) {
      linux.content().writeAll(file, "old".getBytes(UTF_8), 0);
      linux.names().renameReplacing(top, "tmp".getBytes(UTF_8), top, "f".getBytes(UTF_8));
    }
  }

  private static void replaceCarelessly(Tree tree, SystemCalls calls) throws IOException {
    var linux = new Linux(calls);
    try (var top = linux.open().directory(tree.hostPath())) {
      linux.names().unlink(top, "f".getBytes(UTF_8));
      linux.open().create(top, "f".getBytes(UTF_8), 0644).close();
    }
  }

  private Tree fresh() throws IOException {
    Tree.in(temp.resolve("t")).close();
    return Tree.in(temp.resolve("t")).file("f", "old");
  }

  private static void fileIsThere(Tree tree) throws IOException {
    assertEquals("old", tree.text("f"));
  }

  @Test
  void faultLoopVisitsEveryCallTwicePerErrno() throws IOException {
    int before = Invariants.openDescriptors();

    long struck =
        FaultLoop.everyCall(
            this::fresh,
            TestkitTest::replaceSafely,
            TestkitTest::fileIsThere,
            Errno.EIO,
            Errno.ENOSPC);

    assertEquals(4 * 4, struck, "open, create, write, rename");
    Invariants.openDescriptorsReturnTo(before);
  }

  @Test
  void faultLoopNamesTheCallThatLosesAFile() {
    var failure =
        assertThrows(
            AssertionError.class,
            () ->
                FaultLoop.everyCall(
                    this::fresh,
                    TestkitTest::replaceCarelessly,
                    TestkitTest::fileIsThere,
                    Errno.EIO));

    assertTrue(String.valueOf(failure.getMessage()).contains("call 3 (openat)"), failure::toString);
  }

  @Test
  void crashLoopFindsTheMomentWithoutAFile() {
    assertEquals(
        4, CrashLoop.everyCall(this::fresh, TestkitTest::replaceSafely, TestkitTest::fileIsThere));
    assertThrows(
        AssertionError.class,
        () ->
            CrashLoop.everyCall(
                this::fresh, TestkitTest::replaceCarelessly, TestkitTest::fileIsThere));
  }

  @Test
  void crashLoopTakesAWrappedCrashForACrashButNoOtherBug() {
    Scenario.Run<Tree> wrapping =
        (tree, calls) -> {
          try {
            replaceSafely(tree, calls);
          } catch (CrashError e) {
            throw new IllegalStateException(e);
          }
        };
    assertEquals(4, CrashLoop.everyCall(this::fresh, wrapping, TestkitTest::fileIsThere));
    Scenario.Run<Tree> broken =
        (_, _) -> {
          throw new IllegalStateException("a bug");
        };
    assertThrows(
        AssertionError.class,
        () -> CrashLoop.everyCall(this::fresh, broken, TestkitTest::fileIsThere));
    assertThrows(
        AssertionError.class,
        () -> FaultLoop.everyCall(this::fresh, broken, TestkitTest::fileIsThere, Errno.EIO));
  }

  @Test
  void crashedCallsStayCrashedButClose() throws IOException {
    var calls = new FaultyCalls(new NativeSystemCalls()).crashAt(2);
    var linux = new Linux(calls);
    var top = linux.open().directory(TreePath.of(temp.toString()));

    assertThrows(CrashError.class, () -> linux.stat().of(top));
    assertThrows(CrashError.class, () -> linux.content().sync(top));
    top.close();
  }

  /// What a child does.
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      try (Tree tree = Tree.in(Path.of(arguments[0]))) {
        replaceSafely(tree, CrashingCalls.fromProperty(new NativeSystemCalls()));
        // Closing removes the tree, which the parent sees.
      }
    }
  }

  @Test
  void childIsHaltedInTheMiddle() throws Exception {
    var outcomes = new ArrayList<Boolean>();
    var loop =
        new ChildCrashLoop<Path>(
            () -> fresh().root(),
            Child.class,
            tree -> List.of(tree.toString()),
            tree -> outcomes.add(java.nio.file.Files.exists(tree.resolve("tmp"))));

    loop.run(1, 4);

    // The whole run; before open, create, write, rename.
    assertEquals(List.of(false, false, false, true, true), outcomes);
  }

  @Test
  void raceHappensRightBeforeTheCall() throws IOException {
    var tree = fresh();
    var seen = new ArrayList<Boolean>();
    var calls =
        new FaultyCalls(new NativeSystemCalls())
            .only(SystemCall.RENAMEAT2)
            .runBefore(1, () -> seen.add(java.nio.file.Files.exists(tree.path("tmp"))));

    replaceSafely(tree, calls);

    assertEquals(List.of(true), seen);
    assertEquals(1, calls.count());
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void fingerprintSeesEveryDifference(TestVolume volume) throws IOException {
    Tree tree = volume.tree().file("a", "content").file("b", "content");
    tree.modified("b", 5).modified("a", 5).hardLink("a", "c").symlink("l", "a").fifo("p");
    tree.modified("", 7);
    TreeFingerprint before = TreeFingerprint.of(tree.root());
    TreeFingerprint.assertIdentical(before, TreeFingerprint.of(tree.root()));
    assertEquals(1, before.inodeGroups().size());
    assertTrue(before.sharesInode(TreePath.of("a"), TreePath.of("c")));

    tree.remove("b").hardLink("a", "b").modified("", 7);
    TreeFingerprint shared = TreeFingerprint.of(tree.root());
    TreeFingerprint.assertSameExceptInodes(before, shared);
    assertThrows(AssertionError.class, () -> TreeFingerprint.assertIdentical(before, shared));

    tree.modified("b", 6);
    assertDiffers(before, tree);
    tree.modified("b", 5).attribute("b", "user.x", new byte[] {1});
    assertDiffers(before, tree);
    Invariants.everyPathReadsAsBefore(before, TreeFingerprint.of(tree.root()));
    tree.overwrite("b", new byte[] {'C'});
    assertThrows(
        AssertionError.class,
        () -> Invariants.everyPathReadsAsBefore(before, TreeFingerprint.of(tree.root())));
  }

  private static void assertDiffers(TreeFingerprint before, Tree tree) throws IOException {
    TreeFingerprint after = TreeFingerprint.of(tree.root());
    assertThrows(AssertionError.class, () -> TreeFingerprint.assertSameExceptInodes(before, after));
  }

  @SeededTest
  void randomTreesAreTheSameForTheSameSeed(long seed) throws IOException {
    Path one = temp.resolve("one");
    Path other = temp.resolve("other");
    var roots = RandomTree.make(seed, RandomTree.Shape.SMALL, one);
    RandomTree.make(seed, RandomTree.Shape.SMALL, other);

    var first = TreeFingerprint.of(one.resolve("root-1"));
    var second = TreeFingerprint.of(other.resolve("root-1"));

    assertEquals(3, roots.size());
    assertTrue(first.paths().size() > 30);
    assertFalse(first.inodeGroups().isEmpty());
    Invariants.everyPathReadsAsBefore(first, second);
  }

  @Test
  void treeOfHostileNamesCanBeMadeAndRemoved() throws IOException {
    Tree tree = Tree.in(temp.resolve("hostile"));
    TreePath deep = TreePath.EMPTY;
    for (int i = 0; i < 20; i++) {
      deep = deep.child("d".repeat(250));
    }
    for (byte[] name : RandomTree.hostileNames()) {
      tree.bytes(TreePath.of(name), new byte[3]);
    }
    tree.bytes(deep.child("f"), new byte[4]);
    int expected = RandomTree.hostileNames().size() + 20 + 2;

    assertEquals(expected, TreeFingerprint.of(tree.root()).paths().size());
    assertEquals(4, tree.stat(deep.child("f")).sizeBytes());
    tree.close();
    assertFalse(java.nio.file.Files.exists(tree.root()));
  }
}
