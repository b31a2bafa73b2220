package dev.hashify.engine;

import dev.hashify.engine.ThreeRoots.End;
import dev.hashify.testkit.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A run whose system calls fail, each once and each from then on.
class UnifyFaultsTest {

  @ParameterizedTest
  @EnumSource(names = {"NONE", "OVERLAY", "IMMUTABLE", "VERITY", "AUTO"})
  void firstRunThatFailsLosesNothing(GuardChoice guard) throws Exception {
    var expected = Nights.firstNight(guard);
    Faults.everywhere(
        new Scenario<>(
            () -> Nights.fresh(guard),
            ThreeRoots::unify,
            roots -> Nights.checkFaulted(roots, expected)));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IMMUTABLE", "VERITY", "AUTO"})
  void laterRunThatFailsLosesNothing(GuardChoice guard) throws Exception {
    var expected = Nights.secondNight(guard);
    Faults.everywhere(
        new Scenario<>(
            () -> Nights.changed(guard),
            ThreeRoots::unify,
            roots -> Nights.checkFaulted(roots, expected)));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IMMUTABLE", "VERITY"})
  void recoveryThatFailsLosesNothing(GuardChoice guard) throws Exception {
    var expected = Nights.firstNight(guard);
    Faults.everywhere(
        new Scenario<>(
            () -> Nights.killed(guard),
            ThreeRoots::unify,
            roots -> {
              roots.assertDescriptorsReturned();
              roots.assertNothingLostUntilMended(End.KILLED);
              roots.assertNextRunMends(expected, End.KILLED);
            }));
  }
}
