package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.engine.Unification.Told;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.Refusal;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Dweller;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.TestCgroup;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Immutable objects whose guard has to come off while programs run.
///
/// ```
/// a/f  b/f     the same
/// ```
class GuardWindowTest {

  private static final String TEXT = "the same text in all roots";
  private static final Options IMMUTABLE = Options.DEFAULT.withGuard(GuardChoice.IMMUTABLE);
  private static final Options FREEZING = IMMUTABLE.with(UnifyFlag.FREEZE);

  /// Where a file opened before is written to although the flag is on.
  static Stream<TestVolume> volumesThatNeedRest() {
    return Stream.of(TestVolume.xfs(), TestVolume.btrfs());
  }

  private interface Visit {
    Dweller begin(Path root) throws IOException;
  }

  private static final List<Visit> VISITS =
      List.of(Dweller::livingIn, Dweller::workingIn, root -> Dweller.reading(root.resolve("f")));

  private static Tree twoRoots(TestVolume volume) throws IOException {
    Tree tree = volume.tree();
    for (String root : List.of("a", "b")) {
      tree.file(root + "/f", TEXT).modified(root + "/f", 1_700_000_000_000_000_000L);
    }
    return tree;
  }

  private static List<Root> roots(Tree tree) {
    return Root.of(List.of(tree.path("a"), tree.path("b")));
  }

  private static Unification runs(Tree tree) {
    return Unification.in(tree.path("store"));
  }

  private static boolean isGuarded(Tree tree, String path) throws IOException {
    return (tree.stat(path).attributes() & FileAttributes.IMMUTABLE) != 0;
  }

  private static void assertUntouched(Tree tree) throws IOException {
    for (String path : List.of("a/f", "b/f")) {
      assertFalse(isGuarded(tree, path), path);
      assertEquals(1, tree.stat(path).links(), path);
    }
    assertEquals(Set.of(), runs(tree).objectInodes());
    assertJournalEmpty(tree);
  }

  private static void assertJournalEmpty(Tree tree) throws IOException {
    Path journal = tree.path("store/journal");
    if (Files.exists(journal)) {
      try (var entries = Files.list(journal)) {
        assertEquals(List.of(), entries.toList());
      }
    }
  }

  private static void assertSharedAndGuarded(Tree tree) throws IOException {
    assertEquals(tree.id("a/f"), tree.id("b/f"));
    assertTrue(isGuarded(tree, "a/f"));
    assertJournalEmpty(tree);
  }

  @ParameterizedTest
  @MethodSource("volumesThatNeedRest")
  void nothingIsDoneWhileAProgramUsesARoot(TestVolume volume) throws IOException {
    try (Tree tree = twoRoots(volume)) {
      var request = runs(tree).request(RunMode.REAL, IMMUTABLE, roots(tree));
      for (Visit visit : VISITS) {
        try (var _ = visit.begin(tree.path("b"))) {
          var refused =
              assertThrows(RunException.Unusable.class, () -> runs(tree).tryUnify(request));
          String why = String.valueOf(refused.getMessage());
          assertTrue(why.contains(tree.path("b") + ": 1 "), why);
          assertTrue(why.contains("--freeze"), why);
          assertUntouched(tree);
        }
      }
      assertEquals(1, runs(tree).unify(request).counts().shared(), "after they ended");
      assertSharedAndGuarded(tree);
    }
  }

  @Test
  void programsDoNotMatterWhereTheFlagStopsThemAtOnce() throws IOException {
    try (Tree tree = twoRoots(TestVolume.ext4());
        var _ = Dweller.workingIn(tree.path("b"))) {
      assertEquals(1, runs(tree).real(IMMUTABLE, roots(tree)).counts().shared());
      assertSharedAndGuarded(tree);
    }
  }

  /// A root that shared last night has the same objects, given or not.
  @ParameterizedTest
  @MethodSource("volumesThatNeedRest")
  void rootsOfTheLastRunMustBeAtRestToo(TestVolume volume) throws IOException {
    try (Tree tree = twoRoots(volume)) {
      runs(tree).real(IMMUTABLE, roots(tree));
      var request = runs(tree).request(RunMode.REAL, IMMUTABLE, Root.of(List.of(tree.path("a"))));
      try (var _ = Dweller.workingIn(tree.path("b"))) {
        assertThrows(RunException.Unusable.class, () -> runs(tree).tryUnify(request));
      }
      runs(tree).unify(request);
    }
  }

  @ParameterizedTest
  @MethodSource("volumesThatNeedRest")
  void frozenProgramsCountAsAtRestAndRunAfterwards(TestVolume volume) throws IOException {
    try (Tree tree = twoRoots(volume);
        var cgroup = TestCgroup.make();
        var dweller = Dweller.livingIn(tree.path("b"))) {
      cgroup.add(dweller.id());
      Told told = runs(tree).real(FREEZING, roots(tree));
      assertEquals(1, told.counts().shared(), told::toString);
      assertSharedAndGuarded(tree);
      assertFalse(cgroup.isFrozen());
      assertTrue(dweller.isAlive());
    }
  }

  @ParameterizedTest
  @MethodSource("volumesThatNeedRest")
  void everythingIsRefusedIfAProgramCannotBeFrozen(TestVolume volume) throws IOException {
    try (Tree tree = twoRoots(volume);
        var _ = Dweller.livingIn(tree.path("b"))) {
      Told told = runs(tree).real(FREEZING, roots(tree));
      assertEquals(0, told.counts().shared());
      assertEquals(0, told.counts().problems(), () -> told.problems().toString());
      assertTrue(told.refused().containsValue(Refusal.IN_USE), told.refused()::toString);
      assertUntouched(tree);
    }
  }

  /// Lets a program begin to live in a root right before a call of the run.
  private static final class Starting implements AutoCloseable {
    private final Path root;
    private @Nullable Dweller dweller;

    Starting(Path root) {
      this.root = root;
    }

    void begin() {
      try {
        dweller = Dweller.livingIn(root);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    @Override
    public void close() throws IOException {
      if (dweller != null) {
        dweller.close();
      }
    }
  }

  /// Fails unless nothing was shared with a program that began while the run went on.
  private static void assertSeenInTime(Tree tree, Told told, Path root) throws IOException {
    assertEquals(0, told.counts().shared());
    assertEquals(List.of(), told.problems());
    assertTrue(told.refused().containsValue(Refusal.IN_USE), told.refused()::toString);
    String notes = told.report().stores().getFirst().notes().toString();
    assertTrue(notes.contains(root + ": a program began to run in it meanwhile"), notes);
    assertUntouched(tree);
  }

  @ParameterizedTest
  @MethodSource("volumesThatNeedRest")
  void programThatBeginsBeforeABatchIsSeenInTime(TestVolume volume) throws IOException {
    try (Tree tree = twoRoots(volume);
        var program = new Starting(tree.path("b"))) {
      // The keeper's name in the store is the first link of a run.
      var calls =
          new FaultyCalls(new NativeSystemCalls())
              .only(SystemCall.LINKAT)
              .runBefore(1, program::begin);
      assertSeenInTime(tree, runs(tree).over(calls).real(IMMUTABLE, roots(tree)), tree.path("b"));
    }
  }

  /// Those of roots that are not given are not stopped by a freezer either.
  @ParameterizedTest
  @MethodSource("volumesThatNeedRest")
  void programThatBeginsInARootThatIsNotGivenIsSeenInTime(TestVolume volume) throws IOException {
    for (Options how : List.of(IMMUTABLE, FREEZING)) {
      try (Tree tree = twoRoots(volume);
          var program = new Starting(tree.path("b"))) {
        runs(tree).real(IMMUTABLE, roots(tree));
        tree.file("a/g", TEXT).modified("a/g", 1_700_000_000_000_000_000L);
        tree.file("c/g", TEXT).modified("c/g", 1_700_000_000_000_000_000L);
        var calls =
            new FaultyCalls(new NativeSystemCalls())
                .only(SystemCall.LINKAT)
                .runBefore(1, program::begin);
        Told told =
            runs(tree).over(calls).real(how, Root.of(List.of(tree.path("a"), tree.path("c"))));
        assertEquals(0, told.counts().shared());
        assertTrue(told.refused().containsValue(Refusal.IN_USE), told.refused()::toString);
        String notes = told.report().stores().getFirst().notes().toString();
        assertTrue(notes.contains(tree.path("b") + ": a program began"), notes);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("volumesThatNeedRest")
  void programThatBeginsWithinABatchIsTold(TestVolume volume) throws IOException {
    try (Tree tree = twoRoots(volume);
        var program = new Starting(tree.path("b"))) {
      var real = new NativeSystemCalls();
      SystemCalls calls =
          (call, a, b, c, d, e, f) -> {
            if (call == SystemCall.RENAMEAT2 && e == NotedExchanges.EXCHANGE) {
              program.begin();
            }
            return real.call(call, a, b, c, d, e, f);
          };
      Told told = runs(tree).over(calls).real(IMMUTABLE, roots(tree));
      String problems = told.problems().toString();
      assertTrue(problems.contains("ran while shared files were without"), problems);
      assertTrue(problems.contains(tree.path("b") + ": a program began"), problems);
      assertSharedAndGuarded(tree);
    }
  }

  @ParameterizedTest
  @MethodSource("volumesThatNeedRest")
  void nothingIsBrokenOnceAProgramHasBegun(TestVolume volume) throws Exception {
    try (Tree tree = twoRoots(volume);
        var program = new Starting(tree.path("b"))) {
      runs(tree).real(IMMUTABLE, roots(tree));
      // The one sync of the record and the copies.
      var calls =
          new FaultyCalls(new NativeSystemCalls())
              .only(SystemCall.SYNCFS)
              .runBefore(1, program::begin);
      BreakReport left = runs(tree).over(calls).breakSharing(RunMode.REAL, tree.path("b"));
      assertEquals(0, left.broken());
      assertEquals(1, left.refused().size());
      assertSharedAndGuarded(tree);
    }
  }

  private static BreakReport breaking(Tree tree, FreezeChoice freeze) throws Exception {
    var plain = runs(tree).breaking(RunMode.REAL, tree.path("b"));
    var request =
        new BreakRequest(
            RunMode.REAL, plain.paths(), plain.stores(), Duration.ZERO, freeze, Restraints.NONE);
    return runs(tree).operations().breakSharing(request, RunListener.NONE, new Cancellation());
  }

  @ParameterizedTest
  @MethodSource("volumesThatNeedRest")
  void breakingNeedsRestOrAFreezer(TestVolume volume) throws Exception {
    try (Tree tree = twoRoots(volume);
        var cgroup = TestCgroup.make()) {
      runs(tree).real(IMMUTABLE, roots(tree));
      try (var dweller = Dweller.livingIn(tree.path("b"))) {
        assertThrows(RunException.Unusable.class, () -> breaking(tree, FreezeChoice.RUN_ON));
        BreakReport left = breaking(tree, FreezeChoice.FREEZE);
        assertEquals(0, left.broken());
        assertEquals(1, left.refused().size());
        assertEquals(List.of(), left.problems());
        assertSharedAndGuarded(tree);

        cgroup.add(dweller.id());
        BreakReport done = breaking(tree, FreezeChoice.FREEZE);
        assertEquals(1, done.broken(), done::toString);
        assertNotEquals(tree.id("a/f"), tree.id("b/f"));
        assertFalse(isGuarded(tree, "b/f"));
        assertJournalEmpty(tree);
        assertFalse(cgroup.isFrozen());
        assertTrue(dweller.isAlive());
      }
    }
  }
}
