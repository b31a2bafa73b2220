package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.engine.Unification.Root;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.StatusReport.RootState;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two jobs with roots of their own over one store: neither is taken for the other, and neither
/// misses what the other one brought.
///
/// ```
/// a/alike, b/alike   of one size and time, of other content; so are c/alike and d/alike
/// a/lone             without a partner
/// ```
class TwoJobsTest {

  private static final long TIME = 1_700_000_000_000_000_000L;
  private static final String LONE = "without a partner, for the time being";

  private Path top = Path.of("");
  private Unification runs = Unification.in(top);

  @SuppressWarnings("NullAway.Init")
  private Tree tree;

  @BeforeEach
  void makeRoots(@TempDir Path directory) throws IOException {
    top = directory;
    tree = Tree.in(directory);
    // What was changed right before a run is looked at once more.
    runs = Unification.in(directory.resolve("store")).later();
    for (String root : List.of("a", "b", "c", "d")) {
      file(root + "/alike", "of the same length, in root " + root);
    }
    file("a/lone", LONE);
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private void file(String path, String content) throws IOException {
    tree.file(path, content).modified(path, TIME);
  }

  private Unification.Told run(String... roots) {
    return run(Options.DEFAULT, roots);
  }

  private Unification.Told run(Options options, String... roots) {
    return runs.real(options, Root.of(List.of(roots).stream().map(top::resolve).toList()));
  }

  private TreePath path(String below) {
    return TreePath.of(top.resolve(below).toString());
  }

  @Test
  void jobsThatTakeTurnsReadNothingAnew() {
    assertEquals(2, run("a", "b").counts().filesRead());
    assertEquals(2, run("c", "d").counts().filesRead());
    for (int night = 0; night < 2; night++) {
      assertEquals(0, run("a", "b").counts().filesRead());
      assertEquals(0, run("c", "d").counts().filesRead());
    }
  }

  @Test
  void fileWithoutPartnerSharesWhatAnotherJobAdopted() throws IOException {
    assertEquals(0, run("a", "b").counts().shared());
    file("c/lone", LONE);
    file("d/lone", LONE);
    assertEquals(1, run("c", "d").counts().shared());
    var told = run("a", "b");
    assertEquals(List.of(path("a/lone")), List.copyOf(told.shared().keySet()));
    assertEquals(0, run("a", "b").counts().filesRead(), "and it is settled then");
  }

  @Test
  void unchangedFileOfAChangedDirectorySharesWhatAnotherJobAdopted() throws IOException {
    run("a", "b");
    file("c/lone", LONE);
    file("d/lone", LONE);
    run("c", "d");
    file("a/new", "something else than all others");
    assertEquals(List.of(path("a/lone")), List.copyOf(run("a", "b").shared().keySet()));
  }

  @Test
  void allNamesOfAnUnchangedFileShareWhatAnotherJobAdopted() throws IOException {
    tree.directory("a/deep").hardLink("a/lone", "a/deep/other");
    run("a", "b");
    file("c/lone", LONE);
    file("d/lone", LONE);
    run("c", "d");
    file("a/new", "something else than all others");
    assertEquals(Set.of(path("a/lone"), path("a/deep/other")), run("a", "b").shared().keySet());
  }

  @Test
  void fileThatAnotherJobFoundUniqueInARootOfBothIsComparedAgain() throws IOException {
    run("a", "b");
    run("b", "c");
    file("b/lone", LONE);
    assertEquals(0, run("b", "c").counts().shared());
    assertEquals(1, run("a", "b").counts().shared());
  }

  @Test
  void rootThatWasLeftOutIsComparedAgain() throws IOException {
    run("a", "b", "c");
    file("b/lone", LONE);
    assertEquals(0, run("b", "c").counts().shared());
    assertEquals(1, run("a", "b", "c").counts().shared());
  }

  @Test
  void jobThatGrowsGoesOnWithWhatItKnows() throws IOException {
    run("a", "b");
    run("c", "d");
    file("e/lone", LONE);
    var told = run("a", "b", "e");
    assertEquals(1, told.counts().shared());
    assertEquals(2, told.counts().filesRead(), "the alike ones were compared before");
  }

  @Test
  void statusTellsTheRootsOfAllJobsThatAreStillThere() throws Exception {
    run("a", "b");
    run(Options.DEFAULT.ignoring(IdentityKey.MTIME), "c", "d");
    assertEquals(List.of(path("a"), path("b"), path("c"), path("d")), rootsOfStatus());
    Tree.in(top.resolve("d")).close();
    assertEquals(List.of(path("a"), path("b"), path("c")), rootsOfStatus());
  }

  private List<TreePath> rootsOfStatus() throws RunException, InterruptedException {
    var request = new StatusRequest(List.of(), List.of(runs.storePath()));
    var report = runs.operations().status(request, RunListener.NONE, new Cancellation());
    return report.stores().getFirst().roots().stream().map(RootState::path).toList();
  }
}
