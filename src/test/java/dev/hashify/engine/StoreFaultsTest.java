package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.engine.ThreeRoots.End;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.testkit.Scenario;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Breaking, sweeping and verifying with system calls that fail.
class StoreFaultsTest {

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IMMUTABLE", "VERITY"})
  void breakThatFailsLosesNothing(GuardChoice guard) throws Exception {
    SortedSet<List<TreePath>> shared = Nights.firstNight(guard);
    SortedSet<List<TreePath>> apart = Nights.beforeAnyNight(guard);
    Faults.everywhere(
        new Scenario<>(
            () -> Nights.shared(guard),
            ThreeRoots::breakAll,
            roots -> {
              roots.assertDescriptorsReturned();
              roots.assertNothingLost(End.BY_ITSELF);
              roots.assertNextBreakMends(apart, End.BY_ITSELF);
              roots.assertNextRunMends(shared, End.BY_ITSELF);
            }));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IMMUTABLE", "VERITY"})
  void sweepThatFailsLosesNothing(GuardChoice guard) throws Exception {
    SortedSet<List<TreePath>> expected = Nights.secondNight(guard);
    Faults.everywhere(
        new Scenario<>(
            () -> Nights.changed(guard),
            ThreeRoots::sweep,
            roots -> {
              roots.assertDescriptorsReturned();
              roots.assertNothingLost(End.BY_ITSELF);
              assertEquals(List.of(), roots.sweep(new NativeSystemCalls()).problems());
              roots.assertNextRunMends(expected, End.BY_ITSELF);
            }));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IMMUTABLE", "VERITY"})
  void repairThatFailsLosesNothing(GuardChoice guard) throws Exception {
    Faults.everywhere(
        new Scenario<>(
            () -> Nights.damaged(guard),
            ThreeRoots::repair,
            roots -> {
              roots.assertDescriptorsReturned();
              roots.assertNothingLost(End.BY_ITSELF);
              roots.repair(new NativeSystemCalls());
              assertEquals(List.of(), roots.repair(new NativeSystemCalls()).findings());
              roots.assertNextRunMends(Nights.groupsOf(roots), End.BY_ITSELF);
            }));
  }
}
