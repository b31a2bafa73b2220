package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Racer.Act;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.report.RunReport;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.Invariants;
import dev.hashify.testkit.TreeFingerprint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Somebody acts between two system calls of a run.
///
/// What he does is seen at the path where he did it. The one exception is documented: what he does
/// to a path while it leads to the object, before the run has looked for the last time, is done to
/// the object; if the run then puts the path back, it shows at the keeper's path.
class RaceTest {

  private static final String KEEPER = ThreeRoots.at("a/etc/same.txt");
  private static final String DUPLICATE = ThreeRoots.at("b/etc/same.txt");

  /// All that share the object in the end, besides.
  private static final List<String> OTHERS =
      List.of(ThreeRoots.at("a/old/same.txt"), ThreeRoots.at("c/etc/same.txt"));

  private static final int STRIDE = Boolean.getBoolean("hashify.thorough") ? 1 : 37;

  @ParameterizedTest
  @EnumSource
  void nothingDoneToADuplicateIsLost(Act act) throws Exception {
    raceAtEveryCall(GuardChoice.NONE, act, DUPLICATE);
    raceAtEveryCall(GuardChoice.IMMUTABLE, act, DUPLICATE);
  }

  @ParameterizedTest
  @EnumSource
  void nothingDoneToAKeeperIsLost(Act act) throws Exception {
    raceAtEveryCall(GuardChoice.NONE, act, KEEPER);
    raceAtEveryCall(GuardChoice.IMMUTABLE, act, KEEPER);
  }

  private void raceAtEveryCall(GuardChoice guard, Act act, String path) throws Exception {
    int first = 100 + act.name().length();
    long count = Long.MAX_VALUE;
    for (int n = first; n <= count; n += STRIDE) {
      try (ThreeRoots roots = Nights.fresh(guard)) {
        var racer = new Racer(roots.tree, act, path);
        long original = roots.tree.stat(path).inode();
        var calls = new FaultyCalls(new NativeSystemCalls()).runBefore(n, racer::run);
        TreeFingerprint before = roots.fingerprint();
        RunReport report = roots.unify(calls);
        count = calls.count();
        try {
          assertEquals(0, report.counts().problems());
          check(roots, racer, new Race(path, original, before));
        } catch (Exception | Error failure) {
          throw new AssertionError(
              guard
                  + ", "
                  + act
                  + " before call "
                  + n
                  + " ("
                  + racer.failure()
                  + "): "
                  + failure
                  + "\nlast calls:\n  "
                  + String.join("\n  ", calls.log()),
              failure);
        }
      }
    }
  }

  private record Race(String path, long original, TreeFingerprint before) {}

  private static void check(ThreeRoots roots, Racer racer, Race race) throws Exception {
    Set<String> changed = new HashSet<>();
    if (racer.acted()) {
      boolean isAtObject = racer.inode.orElseThrow() != race.original();
      String where = racer.whereItIs();
      boolean mayShowAtKeeper =
          isAtObject && (racer.did().changesMetadata() || racer.did().writes());
      assertTrue(
          racer.shows(where) || (mayShowAtKeeper && racer.shows(KEEPER)), "what was done is lost");
      changed.add(race.path());
      changed.add(where);
      if (isShared(roots, where) || mayShowAtKeeper) {
        // A write to a shared file without a guard, or before it, is a write to all who share it.
        changed.add(KEEPER);
        changed.add(DUPLICATE);
        changed.addAll(OTHERS);
      }
    }
    assertOthersUntouched(roots, race.before(), changed);
    Invariants.noLeftovers(roots.tree.path("store/tmp"));
    Invariants.noLeftovers(roots.tree.path("store/journal"));
    roots.remember();
    assertEquals(0, roots.unify(new NativeSystemCalls()).counts().problems());
    roots.assertNothingLost(ThreeRoots.End.BY_ITSELF);
    roots.assertDescriptorsReturned();
  }

  private static boolean isShared(ThreeRoots roots, String path) throws Exception {
    return roots.tree.exists(path) && roots.tree.stat(path).links() > 2;
  }

  private static void assertOthersUntouched(
      ThreeRoots roots, TreeFingerprint before, Set<String> changed) throws Exception {
    TreeFingerprint after = roots.fingerprint();
    for (TreePath path : before.paths()) {
      String name = ThreeRoots.at(path.toString());
      var was = before.visible(path);
      var is = after.visible(path);
      boolean isMovedAway = changed.stream().anyMatch(each -> each.contains(".moved/"));
      if (path.isEmpty() || changed.contains(name) || was == null || was.content().isEmpty()) {
        continue;
      }
      if (isMovedAway && is == null) {
        continue;
      }
      assertTrue(is != null, () -> name + " is gone");
      assertEquals(was.content(), is.content(), name);
      assertEquals(was.mode(), is.mode(), name);
      assertEquals(was.uid(), is.uid(), name);
      assertEquals(was.modifiedNanos(), is.modifiedNanos(), name);
      assertEquals(was.attributes(), is.attributes(), name);
    }
  }
}
