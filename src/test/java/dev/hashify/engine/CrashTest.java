package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.engine.ThreeRoots.End;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.testkit.Scenario;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs that end at each of their system calls, and the runs after them.
class CrashTest {

  @ParameterizedTest
  @EnumSource(names = {"NONE", "OVERLAY", "IMMUTABLE", "VERITY", "AUTO"})
  void firstRunThatIsKilledIsMendedByTheNext(GuardChoice guard) throws Exception {
    SortedSet<List<TreePath>> expected = Nights.firstNight(guard);
    Faults.killEverywhere(
        new Scenario<>(
            () -> Nights.fresh(guard),
            ThreeRoots::unify,
            roots -> Nights.checkKilled(roots, expected)));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IMMUTABLE", "VERITY", "AUTO"})
  void laterRunThatIsKilledIsMendedByTheNext(GuardChoice guard) throws Exception {
    SortedSet<List<TreePath>> expected = Nights.secondNight(guard);
    Faults.killEverywhere(
        new Scenario<>(
            () -> Nights.changed(guard),
            ThreeRoots::unify,
            roots -> Nights.checkKilled(roots, expected)));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IMMUTABLE", "VERITY"})
  void recoveryThatIsKilledIsMendedByTheNext(GuardChoice guard) throws Exception {
    SortedSet<List<TreePath>> expected = Nights.firstNight(guard);
    Faults.killEverywhere(
        new Scenario<>(
            () -> Nights.killed(guard),
            ThreeRoots::unify,
            roots -> Nights.checkKilled(roots, expected)));
  }

  @Test
  void changeToSealsThatIsKilledIsMendedByTheNext() throws Exception {
    SortedSet<List<TreePath>> expected = Nights.firstNight(GuardChoice.VERITY);
    Faults.killEverywhere(
        new Scenario<>(
            () -> Nights.sharedUnder(GuardChoice.NONE, GuardChoice.VERITY),
            ThreeRoots::unify,
            roots -> Nights.checkKilled(roots, expected)));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IMMUTABLE", "VERITY", "AUTO"})
  void breakThatIsKilledIsMendedByTheNext(GuardChoice guard) throws Exception {
    SortedSet<List<TreePath>> shared = Nights.firstNight(guard);
    SortedSet<List<TreePath>> apart = Nights.beforeAnyNight(guard);
    Faults.killEverywhere(
        new Scenario<>(
            () -> Nights.shared(guard),
            ThreeRoots::breakAll,
            roots -> {
              roots.closedByTheKernel();
              roots.assertNothingLost(End.KILLED);
              roots.assertNextBreakMends(apart, End.KILLED);
              roots.assertNextRunMends(shared, End.KILLED);
            }));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IMMUTABLE", "VERITY"})
  void sweepThatIsKilledIsMendedByTheNext(GuardChoice guard) throws Exception {
    SortedSet<List<TreePath>> expected = Nights.secondNight(guard);
    Faults.killEverywhere(
        new Scenario<>(
            () -> Nights.changed(guard),
            ThreeRoots::sweep,
            roots -> {
              roots.closedByTheKernel();
              roots.assertNothingLost(End.KILLED);
              assertEquals(List.of(), roots.sweep(new NativeSystemCalls()).problems());
              roots.assertNextRunMends(expected, End.KILLED);
            }));
  }
}
