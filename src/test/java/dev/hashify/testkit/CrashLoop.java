package dev.hashify.testkit;

import dev.hashify.os.NativeSystemCalls;

/// Repeats a run, each time with the end of everything at another of its system calls.
///
/// The end is played inside this JVM by [CrashError], thrown from that call on by every call but
/// `close`; that is cheap enough for thousands of repetitions. What it cannot show (locks of a dead
/// process, LMDB's reader table, shutdown hooks) is shown by [ChildCrashLoop] with real ends.
public final class CrashLoop {

  private CrashLoop() {}

  /// Crashes at every call of the scenario.
  ///
  /// @return how many crashes there were
  public static <T> long everyCall(Scenario<T> scenario) {
    return everyCall(scenario, CallRange.ALL);
  }

  /// The same with the parts of a scenario.
  public static <T> long everyCall(
      Scenario.Maker<T> fresh, Scenario.Run<T> run, Scenario.Check<T> check) {
    return everyCall(new Scenario<>(fresh, run, check), CallRange.ALL);
  }

  /// Crashes at the calls in `range`.
  ///
  /// @return how many crashes there were
  public static <T> long everyCall(Scenario<T> scenario, CallRange range) {
    long crashes = 0;
    for (long n = range.first(); n <= range.last(); n += range.stride()) {
      var calls = new FaultyCalls(new NativeSystemCalls()).only(range.matched()).crashAt(n);
      try {
        once(scenario, calls);
      } catch (Exception | Error failure) {
        throw new AssertionError(message(n, calls, failure), failure);
      }
      if (calls.count() < n) {
        break;
      }
      crashes++;
    }
    return crashes;
  }

  private static <T> void once(Scenario<T> scenario, FaultyCalls calls) throws Exception {
    T tree = scenario.fresh().make();
    try {
      scenario.run().run(tree, calls);
    } catch (Exception | Error end) {
      // A thread pool or a catch-all may have wrapped the crash; what a killed process would have
      // left is what is checked.
      if (!calls.hasCrashed()) {
        throw end;
      }
    }
    scenario.check().check(tree);
    Scenario.close(tree);
  }

  private static String message(long n, FaultyCalls calls, Throwable failure) {
    String what =
        calls.count() < n
            ? "without a crash (" + calls.count() + " calls)"
            : "crash in place of call " + n + " (" + calls.struck() + ")";
    return what + ": " + failure + "\nlast calls:\n  " + String.join("\n  ", calls.log());
  }
}
