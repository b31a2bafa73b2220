package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Names of a file beside the one that is looked at: all move together, and those elsewhere keep it
/// back.
class OtherNamesTest extends TwoRoots {

  @Test
  void fileWithANameOutsideTheRootsIsRefused() throws IOException {
    same("a");
    Tree.in(top).hardLink("one/a", "elsewhere");
    var told = run();
    assertEquals(Refusal.LINKED_FROM_OUTSIDE, told.refused().get(at(one, "a")));
    assertFalse(isShared("a"));
    assertEquals(1, run(Options.DEFAULT.with(UnifyFlag.SPLIT_LINKS)).counts().shared());
    assertTrue(isShared("a"));
  }

  /// Otherwise who writes through the name outside would change a file of every root.
  @Test
  void fileThatIsSplitIsPartedFromItsOtherNamesThoughItHasMoreAndIsOlder() throws IOException {
    same("a");
    one.modified("a", NANOS - 1).hardLink("a", "b/a");
    var all = Tree.in(top).hardLink("one/a", "elsewhere");
    var options = Options.DEFAULT.with(UnifyFlag.SPLIT_LINKS).ignoring(IdentityKey.MTIME);
    assertEquals(2, run(options).counts().shared());
    assertTrue(isShared("a"));
    assertEquals(other.id("a"), one.id("b/a"));
    assertEquals(1, all.stat(TreePath.of("elsewhere")).links());
  }

  @Test
  void nameInADirectoryThatCountsAsInsideIsNoHindrance() throws IOException {
    same("a");
    Tree.in(top).directory("old-store").hardLink("one/a", "old-store/x");
    assertEquals(0, run().counts().shared());
    TreePath inside = TreePath.of(top.resolve("old-store").toString());
    assertEquals(1, run(Options.DEFAULT.withInside(inside)).counts().shared());
  }

  @Test
  void namesOfOneInodeMoveTogether() throws IOException {
    same("a");
    one.hardLink("a", "sub/b");
    other.hardLink("a", "sub/b").hardLink("a", "sub/c");
    var told = run();
    assertEquals(2, told.counts().shared());
    assertEquals(other.id("a"), one.id("a"));
    assertEquals(other.id("sub/c"), one.id("sub/b"));
  }
}
