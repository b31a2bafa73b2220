package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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

  /// Nobody knows then whether it has any.
  @Test
  void runThatIsStoppedWhileItWalksSaysNothingOfNamesOutside() throws Exception {
    same("a");
    Tree.in(top).hardLink("one/a", "other/b");
    var stop = new Cancellation();
    var listings = new AtomicInteger();
    SystemCalls real = new NativeSystemCalls();
    var stopped =
        runs.over((call, a, b, c, d, e, f) -> {
          // The second only says that the root has no more.
          if (call == SystemCall.GETDENTS64 && listings.incrementAndGet() == 2) {
            stop.request();
          }
          return real.call(call, a, b, c, d, e, f);
        });
    var roots = Unification.Root.of(List.of(one.root(), other.root()));
    var request = stopped.request(RunMode.DRY, Options.DEFAULT.withThreads(1), roots);
    var report = stopped.operations().unify(request, RunListener.NONE, stop);
    assertEquals(Set.of(Refusal.INTERRUPTED), report.counts().refused().keySet());
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
