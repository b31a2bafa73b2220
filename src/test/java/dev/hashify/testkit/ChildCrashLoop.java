package dev.hashify.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;

/// Repeats a run in child JVMs, each halted at another of its system calls.
///
/// A child costs about half a second, so the points are a seeded sample of all calls.
///
/// @param fresh makes a tree for one child
/// @param main the class to start; it makes its system calls through [CrashingCalls#fromProperty]
/// @param arguments of `main` for a tree
/// @param check what must hold after the child is dead
public record ChildCrashLoop<T>(
    Scenario.Maker<T> fresh,
    Class<?> main,
    Function<T, List<String>> arguments,
    Scenario.Check<T> check) {

  /// Lets a child run to its end to learn how many calls there are, then halts `points` children at
  /// as many different calls. The first and the last call are always among them.
  public void run(long seed, int points) throws Exception {
    long calls = countCalls();
    assertTrue(calls > 0, main + " made no call through CrashingCalls.fromProperty");
    var chosen = new TreeSet<Long>(List.of(1L, calls));
    var random = new Random(seed);
    while (chosen.size() < Math.min(points, calls)) {
      chosen.add(random.nextLong(1, calls + 1));
    }
    for (long n : chosen) {
      crashAt(n, calls, seed);
    }
  }

  private long countCalls() throws Exception {
    T tree = fresh.make();
    Path countFile = Files.createTempFile("hashify-calls", "");
    try {
      Command.Result child = start(tree, "-D" + CrashingCalls.COUNT_PROPERTY + "=" + countFile);
      assertEquals(0, child.exitCode(), child::output);
      check.check(tree);
      Scenario.close(tree);
      String count = Files.readString(countFile).strip();
      return count.isEmpty() ? 0 : Long.parseLong(count);
    } finally {
      Files.delete(countFile);
    }
  }

  private void crashAt(long n, long calls, long seed) throws Exception {
    T tree = fresh.make();
    Command.Result child = start(tree, "-D" + CrashingCalls.HALT_PROPERTY + "=" + n);
    String where = "child halted at call " + n + " of " + calls + ", seed " + seed;
    // With several threads a run may need fewer calls than the one that was counted.
    assertTrue(
        child.exitCode() == FaultyCalls.KILLED_STATUS || child.exitCode() == 0,
        () -> where + ": exit " + child.exitCode() + "\n" + child.output());
    try {
      check.check(tree);
    } catch (Exception | Error failure) {
      throw new AssertionError(where + ": " + failure + "\n" + child.output(), failure);
    }
    Scenario.close(tree);
  }

  private Command.Result start(T tree, String property) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // The parent's agents and debuggers are not the child's.
      if (!flag.startsWith("-javaagent") && !flag.startsWith("-agentlib")) {
        command.add(flag);
      }
    }
    command.add(property);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments.apply(tree));
    return Command.attempt(command);
  }
}
