package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.FileAttributes;
import dev.hashify.file.Refusal;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.PlayedVerity;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The guard that seals objects, on a kernel whose fs-verity is played: what the kernel then
/// refuses to others is not seen here.
class SealTest {

  private static final String TEXT = "more than sixteen bytes";
  private static final Options OPTIONS = Options.DEFAULT.withGuard(GuardChoice.VERITY);

  @SuppressWarnings("NullAway.Init")
  private Tree tree;

  @BeforeEach
  void makeTwoRoots() throws IOException {
    tree = TestVolume.ext4().tree();
    for (String root : List.of("a", "b")) {
      tree.file(root + "/f", TEXT).modified(root + "/f", 1_700_000_000_000_000_000L);
    }
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private static PlayedVerity played() {
    return new PlayedVerity(new NativeSystemCalls());
  }

  private Unification.Told run(PlayedVerity calls) {
    return Unification.in(tree.path("store")).over(calls).real(OPTIONS, roots());
  }

  private List<Unification.Root> roots() {
    return Unification.Root.of(List.of(tree.path("a"), tree.path("b")));
  }

  private boolean isSealed(String path) throws IOException {
    var linux = new Linux(played());
    try (var file = tree.open(path);
        var again = linux.open().reopenForReading(file)) {
      return (linux.stat().of(again).attributes() & FileAttributes.VERITY) != 0;
    }
  }

  @Test
  void objectsAreSealedAndLaterRunsTakeThemForShared() throws IOException {
    assertEquals(1, run(played()).counts().shared());
    assertTrue(isSealed("a/f"));
    assertEquals(tree.id("a/f"), tree.id("b/f"));
    var again = run(played());
    assertEquals(2, again.counts().alreadyShared());
    assertEquals(0, again.counts().bytesRead());
  }

  @Test
  void newFileJoinsASealedObject() throws IOException {
    run(played());
    tree.file("b/new/f", TEXT).modified("b/new/f", 1_700_000_000_000_000_000L);
    assertEquals(1, run(played()).counts().shared());
    assertEquals(tree.id("a/f"), tree.id("b/new/f"));
  }

  @Test
  void passingWriterOnlyDelaysTheSeal() throws IOException {
    assertEquals(1, run(played().busy(2)).counts().shared());
    assertTrue(isSealed("a/f"));
  }

  @Test
  void writerThatStaysKeepsFilesFromBeingShared() throws IOException {
    var told = run(played().busy(100));
    assertEquals(0, told.counts().shared());
    assertEquals(List.of(), told.problems());
    assertTrue(told.refused().containsValue(Refusal.OPEN_FOR_WRITING), told.refused()::toString);
    assertFalse(tree.id("a/f").equals(tree.id("b/f")));
    assertEquals(1, tree.stat("a/f").links() + tree.stat("b/f").links() - 1);
    assertEquals(1, run(played()).counts().shared(), "the next night");
    assertTrue(isSealed("a/f"));
  }

  @Test
  void brokenPathHasNoSeal() throws Exception {
    run(played());
    Unification.in(tree.path("store")).over(played()).breakSharing(RunMode.REAL, tree.path("a"));
    assertFalse(isSealed("a/f"));
    assertTrue(isSealed("b/f"));
    assertEquals(TEXT, tree.text("a/f"));
  }

  @Test
  void fileSystemWithoutSealsIsSaidBeforeAnythingIsTouched() throws IOException {
    var plain = Unification.in(TestVolume.xfs().directory().resolve("store"));
    try (Tree xfs = TestVolume.xfs().tree()) {
      xfs.file("a/f", TEXT);
      var request =
          plain.request(RunMode.REAL, OPTIONS, Unification.Root.of(List.of(xfs.path("a"))));
      var failed = assertThrows(RunException.Unusable.class, () -> plain.tryUnify(request));
      String why = String.valueOf(failed.getMessage());
      assertTrue(why.contains("no fs-verity"), why);
      assertFalse(Files.exists(plain.store()));
    }
  }

  @Test
  void choicesDoNotNameTheSealOnBtrfsWhereSealedFilesCanBeTruncated() throws IOException {
    try (Tree btrfs = TestVolume.btrfs().tree()) {
      btrfs.file("a/f", TEXT);
      var runs = Unification.in(btrfs.path("store"));
      var roots = Unification.Root.of(List.of(btrfs.path("a")));
      var request = runs.automatic(RunMode.DRY, ShareMethod.HARDLINK, roots);
      var choices = runs.over(played()).unify(request).report().choices();
      assertTrue(choices.stream().anyMatch(choice -> choice.startsWith("--guard none: ")));
      assertFalse(choices.stream().anyMatch(choice -> choice.startsWith("--guard verity: ")));
    }
  }

  @Test
  void choicesNameTheSealWhereThereIsOne() {
    var runs = Unification.in(tree.path("store"));
    var told = runs.over(played()).unify(runs.automatic(RunMode.DRY, roots()));
    assertTrue(
        told.report().choices().stream().anyMatch(choice -> choice.startsWith("--guard verity: ")));
  }
}
