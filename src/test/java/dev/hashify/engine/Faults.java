package dev.hashify.engine;

import dev.hashify.file.Errno;
import dev.hashify.testkit.CallRange;
import dev.hashify.testkit.CrashLoop;
import dev.hashify.testkit.FaultLoop;
import dev.hashify.testkit.Scenario;
import java.util.List;

/// Which calls of a scenario are struck: a sample that fits into a build, all with
/// `-Dhashify.thorough=true`.
final class Faults {

  private static final boolean THOROUGH = Boolean.getBoolean("hashify.thorough");

  /// What broken disks and full ones say.
  private static final List<Errno> OFTEN = List.of(Errno.EIO, Errno.ENOSPC);

  private static final List<Errno> RARE =
      List.of(Errno.EMLINK, Errno.EPERM, Errno.EXDEV, Errno.ESTALE, Errno.EINTR);

  private Faults() {}

  /// Fails calls of the scenario with all errors. Each error begins at another call, so that
  /// together they strike more than each alone.
  static void everywhere(Scenario<ThreeRoots> scenario) {
    int number = 1;
    for (var errno : OFTEN) {
      FaultLoop.everyCall(scenario, range(number++, 31), errno);
    }
    for (var errno : RARE) {
      FaultLoop.everyCall(scenario, range(number++, 151), errno);
    }
  }

  /// Ends everything at calls of the scenario.
  static void killEverywhere(Scenario<ThreeRoots> scenario) {
    CrashLoop.everyCall(scenario, range(1, 11));
  }

  private static CallRange range(int first, int stride) {
    return THOROUGH ? CallRange.ALL : CallRange.ALL.from(first).withStride(stride);
  }
}
