package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hashify.engine.CutRoots.Plan;
import dev.hashify.engine.PowerCuts.Others;
import dev.hashify.engine.ThreeRoots.End;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.testkit.TestVolume.Kind;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs that share blocks and lose their power, and the next runs over what is left.
@ParameterizedClass(name = "{0}, seed {1}")
@MethodSource("fileSystems")
class ReflinkPowerCutTest {

  private final Kind kind;
  private final long seed;

  ReflinkPowerCutTest(Kind kind, long seed) {
    this.kind = kind;
    this.seed = seed;
  }

  static Stream<Arguments> fileSystems() {
    long seed = CutRoots.seed();
    return Stream.of(Kind.XFS, Kind.BTRFS).map(kind -> Arguments.of(kind, seed));
  }

  @Test
  void runThatLosesPowerIsEndedByTheNext() throws Exception {
    try (var cut = new CutRoots(kind, GuardChoice.AUTO, seed)) {
      SortedSet<List<TreePath>> shared = cut.groupsAfterARun();
      cut.check(
          new Plan(Others.SYNC_ANYTHING, 17, 3),
          CutRoots::unify,
          left -> Nights.checkKilled(left, shared));
    }
  }

  @Test
  void breakThatLosesPowerIsMendedByTheNext() throws Exception {
    try (var cut = new CutRoots(kind, GuardChoice.AUTO, seed)) {
      PowerCutTest.checkBreak(cut);
    }
  }

  /// The copies of a break are in memory only until they are synced. Btrfs rarely writes the new
  /// names out before the content, so chance decides there.
  @Test
  void brokenPathsAreLostWithoutTheSync() throws Exception {
    try (var cut = new CutRoots(kind, GuardChoice.AUTO, seed)) {
      cut.before(roots -> CutRoots.unify(roots, new NativeSystemCalls()));
      List<String> lost =
          cut.failures(
              new Plan(Others.SYNC_SINGLE_FILES, 16, 2),
              (roots, calls) -> roots.breakAll(CutRoots.withoutSync(calls)),
              left -> left.assertNothingLost(End.KILLED));
      System.out.println(kind + " break without the sync: " + lost.size() + " cuts lost files");
      assertFalse(kind == Kind.XFS && lost.isEmpty(), "no cut lost anything");
    }
  }
}
