package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.Findings;
import dev.hashify.report.Findings.Relaxation;
import dev.hashify.report.RootSpace;
import dev.hashify.report.RunEvent;
import dev.hashify.report.RunMode;
import dev.hashify.report.Space;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run says beyond its figures, of three roots:
///
/// ```
/// a/usr/lib/x  100 bytes, as in b and c      a/own    30 bytes
/// b/usr/lib/x                                b/usr/y  100 bytes as x, another name
/// c/usr/lib/x                                c/empty
/// a/usr/lib/z, b/usr/lib/z: 50 bytes, of different times
/// ```
class FindingsTest {

  private static final long TIME = 1_700_000_000_000_000_000L;
  private static final String X = "x".repeat(100);
  private static final String Z = "z".repeat(50);

  @SuppressWarnings("NullAway.Init")
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) throws IOException {
    tree = Tree.in(directory);
    for (String root : List.of("a", "b", "c")) {
      tree.file(root + "/usr/lib/x", X).modified(root + "/usr/lib/x", TIME);
    }
    tree.file("a/own", "only in this root, 30 bytes ..");
    tree.file("b/usr/y", X).modified("b/usr/y", TIME);
    tree.file("c/empty", "");
    tree.file("a/usr/lib/z", Z).modified("a/usr/lib/z", TIME);
    tree.file("b/usr/lib/z", Z).modified("b/usr/lib/z", TIME + 1);
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private Findings run(RunMode mode, IdentityKey... ignored) throws Exception {
    var options = Options.DEFAULT.withGuard(GuardChoice.NONE).ignoring(ignored);
    var roots = Unification.Root.of(List.of(tree.path("a"), tree.path("b"), tree.path("c")));
    var runs = Unification.in(tree.path("store"));
    return runs.operations()
        .unify(runs.request(mode, options, roots), new Asking(), new Cancellation())
        .findings();
  }

  /// Asks for all there is.
  private static final class Asking implements RunListener {
    @Override
    public void event(RunEvent event) {}

    @Override
    public boolean wantsSurvey() {
      return true;
    }
  }

  private TreePath path(String below) {
    return TreePath.of(tree.path(below).toString());
  }

  private static void assertSpace(Space space) {
    assertEquals(List.of(80L, 150L, 0L), space.roots().stream().map(RootSpace::ownBytes).toList());
    assertEquals(
        List.of(100L, 100L, 100L), space.roots().stream().map(RootSpace::sharedBytes).toList());
    assertEquals(List.of(1, 0, 2), space.matrix().roots());
    assertEquals(
        List.of(List.of(250L, 100L, 100L), List.of(100L, 180L, 100L), List.of(100L, 100L, 100L)),
        space.matrix().bytes());
  }

  @Test
  void spaceIsToldByRootAndPair() throws Exception {
    assertSpace(run(RunMode.REAL).space().orElseThrow());
  }

  @Test
  void dryRunTellsTheSameSpace() throws Exception {
    assertSpace(run(RunMode.DRY).space().orElseThrow());
  }

  @Test
  void nightWithoutChangesTellsTheSameSpace() throws Exception {
    run(RunMode.REAL);
    Findings findings = run(RunMode.REAL);
    assertSpace(findings.space().orElseThrow());
    assertEquals(Findings.Reclaimed.NONE, findings.reclaimed());
  }

  @Test
  void directoriesOfARootAddUpToIt() throws Exception {
    RootSpace b = run(RunMode.REAL).space().orElseThrow().roots().get(1);
    assertEquals(
        List.of(
            new RootSpace.DirectorySpace(TreePath.of("usr/lib"), 50, 100),
            new RootSpace.DirectorySpace(TreePath.of("usr"), 100, 0)),
        b.directories());
  }

  @Test
  void droppingNameOrTimeIsEstimated() throws Exception {
    List<Relaxation> relaxations = run(RunMode.REAL).relaxations();
    assertEquals(
        List.of(
            new Relaxation(IdentityKey.NAME, 1, 100, Findings.Certainty.LIKELY),
            new Relaxation(IdentityKey.MTIME, 1, 50, Findings.Certainty.AT_MOST)),
        relaxations);
    assertEquals(relaxations, run(RunMode.REAL).relaxations(), "the night after, from the index");
  }

  @Test
  void whatIsDroppedAlreadyIsNotEstimated() throws Exception {
    assertEquals(
        List.of(IdentityKey.MTIME),
        run(RunMode.REAL, IdentityKey.NAME).relaxations().stream()
            .map(Relaxation::dropped)
            .toList());
  }

  @Test
  void reasonsHaveAnExampleOnEveryNight() throws Exception {
    run(RunMode.REAL);
    assertEquals(path("c/empty"), run(RunMode.REAL).skipped().get(SkipReason.EMPTY));
  }

  @Test
  void reclaimedSpaceIsToldByPlace() throws Exception {
    Findings.Reclaimed reclaimed = run(RunMode.REAL).reclaimed();
    assertEquals(2, reclaimed.roots().size());
    assertEquals(List.of(TreePath.of("usr/lib")), paths(reclaimed.areas()));
    assertEquals(1, reclaimed.files().size());
    assertEquals(2, reclaimed.files().getFirst().paths());
    assertTrue(reclaimed.files().getFirst().bytes() > 0);
    assertTrue(
        reclaimed.directories().stream().allMatch(each -> each.path().toString().endsWith("lib")));
  }

  @Test
  void fileThatSharesAnObjectIsToldByItsOwnPath() throws Exception {
    run(RunMode.REAL);
    tree.file("b/more/x", X).modified("b/more/x", TIME);
    assertEquals(List.of(path("b/more/x")), paths(run(RunMode.REAL).reclaimed().files()));
  }

  private static List<TreePath> paths(List<Findings.Total> totals) {
    return totals.stream().map(Findings.Total::path).toList();
  }
}
