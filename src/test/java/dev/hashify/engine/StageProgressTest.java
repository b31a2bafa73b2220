package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.RunListener.Stage;
import dev.hashify.engine.Unification.Root;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunEvent;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What operations tell of how far they are: two roots that have four pairs and a file each alone.
class StageProgressTest {

  private static final String TEXT = "more than sixteen bytes";
  private static final int PAIRS = 4;

  private final Tree tree;
  private final Heard heard = new Heard();

  /// Remembers the last word of each stage.
  private static final class Heard implements RunListener {
    private final List<Stage> stages = new ArrayList<>();
    private final Map<Stage, StageProgress> last = new EnumMap<>(Stage.class);

    @Override
    public void event(RunEvent event) {}

    @Override
    public void stage(Stage stage) {
      stages.add(stage);
    }

    @Override
    public void progress(StageProgress progress) {
      last.put(stages.getLast(), progress);
    }

    StageProgress last(Stage stage) {
      return last.getOrDefault(stage, StageProgress.NONE);
    }
  }

  StageProgressTest() throws IOException {
    tree = TestVolume.ext4().tree();
    for (String root : List.of("a", "b")) {
      for (int i = 0; i < PAIRS; i++) {
        String path = root + "/f" + i;
        tree.file(path, TEXT).modified(path, 1_700_000_000_000_000_000L);
      }
      tree.file(root + "/alone-in-" + root, TEXT);
    }
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private Unification runs() {
    return Unification.in(tree.path("store"));
  }

  private void unify() throws Exception {
    var roots = Root.of(List.of(tree.path("a"), tree.path("b")));
    var request = runs().request(RunMode.REAL, Options.DEFAULT.withThreads(1), roots);
    runs().operations().unify(request, heard, new Cancellation());
  }

  private StoreRequest stores() {
    return new StoreRequest(
        List.of(runs().storePath()), StoreRequest.Repair.NO, java.time.Duration.ZERO);
  }

  @Test
  void runGoesThroughItsStages() throws Exception {
    unify();
    assertEquals(
        List.of(Stage.WALKING, Stage.COMPARING, Stage.RECORDING, Stage.SWEEPING), heard.stages);
  }

  @Test
  void comparingKnowsHowMuchThereIs() throws Exception {
    unify();
    StageProgress comparing = heard.last(Stage.COMPARING);
    assertEquals(2 * PAIRS, comparing.filesTotal());
    assertEquals(2L * PAIRS * TEXT.length(), comparing.bytesTotal());
    assertTrue(comparing.files() > 0 && comparing.files() <= comparing.filesTotal());
    assertTrue(
        TreePath.of(tree.root().toString()).contains(comparing.current()), comparing.toString());
  }

  @Test
  void verifyingAndSweepingKnowTheObjects() throws Exception {
    unify();
    runs().operations().verify(stores(), heard, new Cancellation());
    assertEquals(PAIRS, heard.last(Stage.VERIFYING).filesTotal());
    assertEquals((long) PAIRS * TEXT.length(), heard.last(Stage.VERIFYING).bytesTotal());
    runs().operations().sweep(stores(), heard, new Cancellation());
    assertEquals(PAIRS, heard.last(Stage.SWEEPING).filesTotal());
  }

  @Test
  void breakingKnowsItsCopies() throws Exception {
    unify();
    var request = runs().breaking(RunMode.REAL, tree.path("a"));
    runs().operations().breakSharing(request, heard, new Cancellation());
    StageProgress copying = heard.last(Stage.COPYING);
    assertEquals(PAIRS, copying.filesTotal());
    assertEquals(PAIRS, copying.files());
    assertEquals(copying.bytesTotal(), copying.bytes());
  }
}
