package dev.hashify.engine;

import dev.hashify.os.NativeSystemCalls;
import dev.hashify.testkit.CrashingCalls;
import java.nio.file.Path;

/// A process that runs over [ThreeRoots] and may be ended at any call.
final class KilledChild {

  private KilledChild() {}

  /// Runs once.
  ///
  /// @param arguments the directory of the roots, and the guard
  public static void main(String[] arguments) throws Exception {
    GuardChoice guard = GuardChoice.valueOf(arguments[1]);
    ThreeRoots.existing(Path.of(arguments[0]), guard)
        .unify(CrashingCalls.fromProperty(new NativeSystemCalls()));
  }
}
