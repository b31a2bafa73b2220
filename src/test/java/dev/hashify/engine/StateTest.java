package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.FileAttributes;
import dev.hashify.file.TreePath;
import dev.hashify.report.PastRun;
import dev.hashify.report.RunMode;
import dev.hashify.report.StatusReport.RootState;
import dev.hashify.report.StatusReport.StoreState;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said of stores and roots, and guards that are put back.
@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class StateTest {

  private static final String TEXT = "more than sixteen bytes";

  private final Tree tree;

  StateTest(TestVolume volume) throws IOException {
    tree = volume.tree();
    for (String root : List.of("a", "b")) {
      tree.file(root + "/etc/f", TEXT).modified(root + "/etc/f", 1_700_000_000_000_000_000L);
      tree.file(root + "/small", "x");
    }
    tree.file("b/own", "of this root alone");
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private Unification runs() {
    return Unification.in(tree.path("store"));
  }

  private void unify() {
    var roots = Unification.Root.of(List.of(tree.path("a"), tree.path("b")));
    assertEquals(
        1, runs().real(Options.DEFAULT.withGuard(GuardChoice.IMMUTABLE), roots).counts().shared());
  }

  private StoreState state(Path... roots) throws Exception {
    var request =
        new StatusRequest(
            List.of(roots).stream().map(root -> TreePath.of(root.toString())).toList(),
            List.of(runs().storePath()));
    var report = runs().operations().status(request, RunListener.NONE, new Cancellation());
    return report.stores().getFirst();
  }

  private ProtectReport protect() throws Exception {
    var request =
        new ProtectRequest(
            List.of(TreePath.of(tree.path("a").toString())),
            List.of(runs().storePath()),
            Duration.ZERO);
    return runs().operations().protect(request, RunListener.NONE, new Cancellation());
  }

  private boolean isImmutable(String path) throws IOException {
    return (tree.stat(path).attributes() & FileAttributes.IMMUTABLE) != 0;
  }

  @Test
  void statusCountsWhatTheRootsShare() throws Exception {
    unify();
    StoreState state = state();
    assertEquals("immutable", state.guard());
    assertEquals(1, state.objects());
    assertEquals(TEXT.length(), state.bytes());
    assertEquals(0, state.unguarded());
    TreePath a = TreePath.of(tree.path("a").toString());
    TreePath b = TreePath.of(tree.path("b").toString());
    assertEquals(
        List.of(
            new RootState(a, 2, 1, 0, 1, 0, 1, TEXT.length()),
            new RootState(b, 3, 1, 1, 1, 0, 1 + "of this root alone".length(), TEXT.length())),
        state.roots());
    assertEquals(List.of(b), state(tree.path("b")).roots().stream().map(RootState::path).toList());
  }

  @Test
  void eachRunIsRememberedAlsoWhenNothingChanged() throws Exception {
    unify();
    Path data = tree.path("store/index/data.mdb");
    long sizeBytes = Files.size(data);
    var roots = Unification.Root.of(List.of(tree.path("a"), tree.path("b")));
    var options = Options.DEFAULT.withGuard(GuardChoice.IMMUTABLE);
    assertEquals(0, runs().real(options, roots).counts().shared());
    assertEquals(0, runs().dry(options, roots).counts().shared());
    List<PastRun> runs = state().history().runs();
    assertEquals(List.of(1L, 0L), runs.stream().map(PastRun::shared).toList());
    assertEquals(
        List.of((long) TEXT.length(), (long) TEXT.length()),
        runs.stream().map(run -> run.savedBytes().orElse(-1)).toList());
    assertTrue(Files.size(data) - sizeBytes < 100_000, "only the figures were written");
  }

  @Test
  void objectsWithoutGuardAreNamedAndProtected() throws Exception {
    unify();
    var paths = List.of(TreePath.of(tree.path("a").toString()));
    var request = new BreakRequest(RunMode.REAL, paths, List.of(runs().storePath()), Duration.ZERO);
    runs().operations().release(request, RunListener.NONE, new Cancellation());
    assertFalse(isImmutable("b/etc/f"));
    assertEquals(1, state().unguarded());
    assertTrue(state().firstUnguarded().getFirst().toString().contains("/objects/"));
    ProtectReport report = protect();
    assertEquals(List.of(), report.problems());
    assertEquals(1, report.stores().getFirst().objects());
    assertTrue(isImmutable("a/etc/f"));
    assertEquals(0, state().unguarded());
    assertEquals(0, protect().stores().getFirst().objects());
  }
}
