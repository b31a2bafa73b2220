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
import java.io.RandomAccessFile;
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

  /// More than a walking thread counts before it says so.
  private static final int MANY = 1_100;

  /// Two of them are a large group; long enough to be told several times.
  private static final long LARGE_BYTES = 400L << 20;

  private final Tree tree;
  private final Heard heard = new Heard();

  /// Remembers the last word of each stage, and all words of comparing.
  private static final class Heard implements RunListener {
    private final List<Stage> stages = new ArrayList<>();
    private final List<StageProgress> comparing = new ArrayList<>();
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
      if (stages.getLast() == Stage.COMPARING) {
        comparing.add(progress);
      }
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
  void walkingKnowsHowMuchTheLastWalkSaw() throws Exception {
    for (int i = 0; i < MANY; i++) {
      tree.file("a/many/" + i, "x");
    }
    unify();
    assertEquals(0, heard.last(Stage.WALKING).filesTotal());
    unify();
    int files = MANY + 2 * PAIRS + 2;
    int directories = 3;
    assertEquals(files + directories, heard.last(Stage.WALKING).filesTotal());
    for (int i = 0; i < files; i++) {
      tree.file("b/more/" + i, "x");
    }
    unify();
    assertEquals(0, heard.last(Stage.WALKING).filesTotal(), "there is more than was thought");
  }

  @Test
  void largeFileIsCountedWhileItIsRead() throws Exception {
    for (String root : List.of("a", "b")) {
      tree.file(root + "/large", TEXT);
      try (var large = new RandomAccessFile(tree.path(root + "/large").toFile(), "rw")) {
        large.setLength(LARGE_BYTES);
      }
      tree.modified(root + "/large", 1_700_000_000_000_000_000L);
    }
    unify();
    assertTrue(
        heard.comparing.stream().anyMatch(word -> word.bytes() > 0 && word.bytes() < LARGE_BYTES),
        heard.comparing.toString());
    StageProgress end = heard.comparing.getLast();
    assertTrue(end.bytes() <= end.bytesTotal(), end.toString());
    assertEquals(2 * LARGE_BYTES + 2L * PAIRS * TEXT.length(), end.bytesTotal());
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
