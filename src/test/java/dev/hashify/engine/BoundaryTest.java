package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hashify.file.Errno;
import dev.hashify.file.Refusal;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that something else than content keeps apart: refused with the reason, and no failure.
class BoundaryTest {

  private static final String TEXT = "more than sixteen bytes";
  private static final long NANOS = 1_767_323_045_123_456_789L;

  /// ```
  /// one/f  other/f   the same, both of project 0
  /// other/           takes only files of project 42
  /// ```
  private static Unification.Told runOverProject(Path top) throws IOException {
    var tree = Tree.in(top);
    for (String root : List.of("one", "other")) {
      tree.file(root + "/f", TEXT).modified(root + "/f", NANOS);
    }
    // +P: new files get the directory's project.
    Command.run("chattr", "-p", "42", tree.path("other").toString());
    Command.run("chattr", "+P", tree.path("other").toString());
    var runs = Unification.in(tree.path("store"));
    var told = runs.real(tree.path("one"), tree.path("other"));
    assertNotEquals(tree.id("one/f"), tree.id("other/f"));
    assertEquals(TEXT, tree.text("other/f"));
    var again = runs.real(tree.path("one"), tree.path("other"));
    assertEquals(told.counts().refused(), again.counts().refused(), "the next night");
    return told;
  }

  /// Directories keep to their projects whether or not the volume is mounted to count them.
  @Test
  void directoryOfAnotherProjectIsABoundary() throws IOException {
    Path top = TestVolume.xfs().directory();
    var told = runOverProject(top);
    assertEquals(0, told.counts().shared());
    assertEquals(0, told.counts().problems(), () -> told.problems().toString());
    assertEquals(1, told.counts().refused().get(Refusal.PROJECT_BOUNDARY));
    Tree.in(top).close();
  }

  @Test
  void filesOfDifferentProjectsAreToldSo() throws IOException {
    Path top = TestVolume.xfs().directory();
    var tree = Tree.in(top);
    for (String root : List.of("one", "other")) {
      tree.file(root + "/f", TEXT).modified(root + "/f", NANOS);
    }
    Command.run("chattr", "-p", "42", tree.path("other/f").toString());
    tree.modified("other/f", NANOS);
    var told = Unification.in(tree.path("store")).real(tree.path("one"), tree.path("other"));
    assertEquals(0, told.counts().shared());
    assertEquals(2, told.counts().refused().get(Refusal.PROJECT_BOUNDARY));
    tree.close();
  }

  /// Whoever asked that a file be not dumped did not ask it for its likes.
  @Test
  void filesOfDifferentFlagsAreToldSo() throws IOException {
    var tree = Tree.in(TestVolume.ext4().directory());
    for (String root : List.of("one", "other")) {
      tree.file(root + "/f", TEXT).modified(root + "/f", NANOS);
    }
    Command.run("chattr", "+d", tree.path("other/f").toString());
    var runs = Unification.in(tree.path("store"));
    for (int night = 0; night < 2; night++) {
      var told = runs.real(tree.path("one"), tree.path("other"));
      assertEquals(0, told.counts().shared());
      assertEquals(0, told.counts().problems(), () -> told.problems().toString());
      assertEquals(2, told.counts().refused().get(Refusal.UNSUPPORTED_FLAGS));
    }
    Command.run("chattr", "-d", tree.path("other/f").toString());
    assertEquals(1, runs.real(tree.path("one"), tree.path("other")).counts().shared());
    tree.close();
  }

  /// What the kernel says where a mount became read-only during the run, and of owners without a
  /// number in our user namespace.
  @ParameterizedTest
  @CsvSource({"EROFS, READ_ONLY", "EOVERFLOW, OWNER_BOUNDARY"})
  void kernelsPolicyIsARefusal(Errno errno, Refusal refusal) throws IOException {
    var tree = Tree.in(TestVolume.ext4().directory());
    for (String root : List.of("one", "other")) {
      tree.file(root + "/f", TEXT).modified(root + "/f", NANOS);
    }
    var before = TreeFingerprint.of(List.of(tree.path("one"), tree.path("other")));
    for (int n = 1; n <= 2; n++) {
      // The keeper's name in the store, and the temporary.
      var calls =
          new FaultyCalls(new NativeSystemCalls()).only(SystemCall.LINKAT).failOnce(n, errno);
      var told =
          Unification.in(tree.path("store" + n))
              .over(calls)
              .real(tree.path("one"), tree.path("other"));
      assertEquals(0, told.counts().shared());
      assertEquals(0, told.counts().problems(), () -> told.problems().toString());
      assertEquals(1, told.counts().refused().get(refusal), told::toString);
      TreeFingerprint.assertSameExceptInodes(
          before, TreeFingerprint.of(List.of(tree.path("one"), tree.path("other"))));
    }
    tree.close();
  }

  @Test
  void fileThatADifferenceKeptApartIsSharedWhenOneWithoutItComes() throws IOException {
    Path top = TestVolume.ext4().directory();
    var tree = Tree.in(top);
    for (String path : List.of("one/a", "one/b", "other/a", "other/b")) {
      tree.file(path, TEXT).modified(path, NANOS);
    }
    tree.attribute("one/a", "user.x", new byte[] {1}).owner("other/b", 1, 1);
    var runs = Unification.in(tree.path("store"));
    var told = runs.real(tree.path("one"), tree.path("other"));
    assertEquals(2, told.counts().refused().get(Refusal.OTHER_ATTRIBUTES));
    assertEquals(2, told.counts().refused().get(Refusal.OTHER_OWNER));
    for (String path : List.of("one/new/a", "one/new/b")) {
      tree.file(path, TEXT).modified(path, NANOS);
    }
    tree.attribute("one/new/a", "user.x", new byte[] {1});
    assertEquals(2, runs.real(tree.path("one"), tree.path("other")).counts().shared());
    assertEquals(tree.id("one/a"), tree.id("one/new/a"));
    assertEquals(tree.id("one/b"), tree.id("one/new/b"));
    tree.close();
  }
}
