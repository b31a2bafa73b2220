package dev.hashify.freeze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.freeze.Cgroup.Wish;
import dev.hashify.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What thaws when whoever froze cannot.
class WatchdogTest {

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  @TempDir private Path top;
  private FakeHost host;
  private Cgroup box;

  @BeforeEach
  void begin() throws IOException {
    host = new FakeHost(top);
    box = host.cgroup("box");
    Files.writeString(top.resolve("frozen"), "");
  }

  @AfterEach
  void end() {
    host.close();
  }

  private boolean thaws() throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (box.isAskedToFreeze() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    return !box.isAskedToFreeze();
  }

  private boolean ends(long process) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (isAlive(process) && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    return !isAlive(process);
  }

  private static boolean isAlive(long process) {
    return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void thawsWhenItsInputEnds() throws IOException {
    try (var line = WatchdogLine.start()) {
      line.announce(List.of(box), top.resolve("frozen"));
      box.ask(Wish.FREEZE);
      line.hangUp();
      assertTrue(thaws());
      assertTrue(ends(line.id()));
      assertFalse(Files.exists(top.resolve("frozen")));
    }
  }

  @Test
  void thawsWhenAFreezeLastsTooLong() throws IOException {
    try (var line = WatchdogLine.start(List.of("-D" + Watchdog.BOUND_PROPERTY + "=100"))) {
      line.announce(List.of(box), top.resolve("frozen"));
      box.ask(Wish.FREEZE);
      assertTrue(thaws());
      assertTrue(isAlive(line.id()));
    }
  }

  @Test
  void leavesAloneWhatWasThawed() throws IOException {
    try (var line = WatchdogLine.start()) {
      line.announce(List.of(box), top.resolve("frozen"));
      line.thawed();
      // Somebody else's.
      box.ask(Wish.FREEZE);
      line.hangUp();
      assertTrue(ends(line.id()));
      assertTrue(box.isAskedToFreeze());
    }
  }

  @Test
  void signalsThatEndProgramsDoNotEndIt() throws IOException {
    try (var line = WatchdogLine.start()) {
      line.announce(List.of(box), top.resolve("frozen"));
      box.ask(Wish.FREEZE);
      for (String signal : List.of("-INT", "-TERM", "-HUP")) {
        Command.run("kill", signal, Long.toString(line.id()));
      }
      LockSupport.parkNanos(200_000_000);
      assertTrue(isAlive(line.id()));
      assertTrue(box.isAskedToFreeze());
      line.hangUp();
      assertTrue(thaws());
    }
  }

  @Test
  void isInASessionOfItsOwn() throws IOException {
    try (var line = WatchdogLine.start()) {
      // The fields after the name in brackets: state, parent, group, session (proc(5)).
      String stat = Files.readString(Path.of("/proc/" + line.id() + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      assertEquals(Long.toString(line.id()), fields[3]);
    }
  }

  /// Freezes and says so, then waits to be killed.
  static final class Freezing {
    private Freezing() {}

    public static void main(String[] arguments) throws IOException {
      var cgroup = new Cgroup(Path.of(arguments[0]));
      var line = WatchdogLine.start();
      line.announce(List.of(cgroup), Path.of(arguments[1]));
      cgroup.ask(Wish.FREEZE);
      System.out.println(line.id());
      while (true) {
        LockSupport.park();
      }
    }
  }

  @Test
  void thawsWhenWhoeverFrozeIsKilled() throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Freezing.class.getName(),
                box.toString(),
                top.resolve("frozen").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = child.inputReader()) {
      long dog = Long.parseLong(out.readLine());
      assertTrue(box.isAskedToFreeze());
      child.destroyForcibly();
      assertTrue(thaws());
      assertTrue(ends(dog));
    }
  }
}
