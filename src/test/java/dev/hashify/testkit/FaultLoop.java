package dev.hashify.testkit;

import dev.hashify.file.Errno;
import dev.hashify.os.NativeSystemCalls;

/// Repeats a run, each time with another of its system calls failing, until a run needed fewer
/// calls than the number of the failing one.
///
/// Each call fails once, as by a passing fault, and then from there on, as by a broken disk.
public final class FaultLoop {

  private FaultLoop() {}

  private enum Mode {
    ONCE,
    FROM_THEN_ON
  }

  /// Fails every call of the scenario with each of `errnos`.
  ///
  /// @return how many faults struck
  public static <T> long everyCall(Scenario<T> scenario, Errno... errnos) {
    return everyCall(scenario, CallRange.ALL, errnos);
  }

  /// Fails the calls in `range` with each of `errnos`.
  ///
  /// @return how many faults struck
  public static <T> long everyCall(Scenario<T> scenario, CallRange range, Errno... errnos) {
    long struck = 0;
    for (var errno : errnos) {
      for (var mode : Mode.values()) {
        struck += loop(scenario, range, errno, mode);
      }
    }
    return struck;
  }

  /// The same with the parts of a scenario.
  public static <T> long everyCall(
      Scenario.Maker<T> fresh, Scenario.Run<T> run, Scenario.Check<T> check, Errno... errnos) {
    return everyCall(new Scenario<>(fresh, run, check), CallRange.ALL, errnos);
  }

  private static <T> long loop(Scenario<T> scenario, CallRange range, Errno errno, Mode mode) {
    long struck = 0;
    for (long n = range.first(); n <= range.last(); n += range.stride()) {
      var calls = new FaultyCalls(new NativeSystemCalls()).only(range.matched());
      switch (mode) {
        case ONCE -> calls.failOnce(n, errno);
        case FROM_THEN_ON -> calls.failFrom(n, errno);
      }
      try {
        once(scenario, calls);
      } catch (Exception | Error failure) {
        throw new AssertionError(message(n, calls, errno, mode, failure), failure);
      }
      if (calls.count() < n) {
        break;
      }
      struck++;
    }
    return struck;
  }

  private static <T> void once(Scenario<T> scenario, FaultyCalls calls) throws Exception {
    T tree = scenario.fresh().make();
    try {
      scenario.run().run(tree, calls);
    } catch (RuntimeException bug) {
      throw bug;
    } catch (Exception _) {
      // The program said that it failed, which it may; what it left behind is what is checked.
    }
    scenario.check().check(tree);
    Scenario.close(tree);
  }

  private static String message(
      long n, FaultyCalls calls, Errno errno, Mode mode, Throwable failure) {
    String what =
        calls.count() < n
            ? "without any fault (" + calls.count() + " calls)"
            : "call " + n + " (" + calls.struck() + ") failing with " + errno + " " + mode;
    return what + ": " + failure + "\nlast calls:\n  " + String.join("\n  ", calls.log());
  }
}
