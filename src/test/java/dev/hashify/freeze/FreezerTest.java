package dev.hashify.freeze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.freeze.Cgroup.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One freeze from begin to end, over a made-up host and with a real watchdog.
class FreezerTest {

  @TempDir private Path top;
  private FakeHost host;
  private WatchdogLine watchdog;
  private Freezer freezer;
  private FreezeRecord record;

  @BeforeEach
  void begin() throws IOException {
    host = new FakeHost(top);
    host.weAreIn("user");
    watchdog = WatchdogLine.start();
    record = new FreezeRecord(Files.createDirectories(top.resolve("store")));
    var places = List.of(host.place("a"), host.place("b"));
    freezer = new Freezer(host.tree(), host.table(), places, watchdog, record);
  }

  @AfterEach
  void end() {
    watchdog.close();
    host.close();
  }

  @Test
  void programsStandStillUntilItIsClosed() throws IOException {
    host.process(10, "a", "box");
    Cgroup box = host.cgroup("box");
    try (var still = freezer.freeze(Set.of(0, 1))) {
      assertTrue(box.isFrozen(), () -> freezer.notes().toString());
      assertTrue(Files.exists(record.file()));
      assertEquals(Set.of(), still.moving());
    }
    assertFalse(box.isAskedToFreeze());
    assertFalse(Files.exists(record.file()));
    assertEquals(1, freezer.figures().freezes());
  }

  @Test
  void onlyTheRootsAskedForAreStopped() throws IOException {
    host.process(10, "a", "box");
    host.process(11, "b", "other");
    try (var _ = freezer.freeze(Set.of(0))) {
      assertFalse(host.cgroup("other").isAskedToFreeze());
    }
  }

  @Test
  void rootOfAProcessThatCannotBeStoppedIsMoving() throws IOException {
    host.process(10, "a", "user");
    host.process(11, "b", "box");
    try (var still = freezer.freeze(Set.of(0, 1))) {
      assertEquals(Set.of(0), still.moving());
      assertTrue(host.cgroup("box").isFrozen());
    }
  }

  @Test
  void freezeThatDoesNotCompleteIsGivenUp() throws IOException {
    host.process(10, "a", "box");
    Cgroup box = host.cgroup("box");
    host.stubborn(box);
    try (var still = freezer.freeze(Set.of(0))) {
      assertEquals(Set.of(0), still.moving());
      assertFalse(box.isAskedToFreeze());
    }
    assertEquals(
        List.of("programs were not stopped: " + box + " did not stand still within a second"),
        freezer.notes());
    assertFalse(Files.exists(record.file()));
  }

  @Test
  void cgroupFoundFrozenIsLeftFrozen() throws IOException {
    host.process(10, "a", "box");
    Cgroup box = host.cgroup("box");
    box.ask(Wish.FREEZE);
    while (!box.isFrozen()) {
      LockSupport.parkNanos(100_000);
    }
    try (var still = freezer.freeze(Set.of(0))) {
      assertEquals(Set.of(), still.moving());
    }
    assertTrue(box.isAskedToFreeze());
  }

  @Test
  void nothingIsFrozenWithoutAWatchdog() throws IOException {
    host.process(10, "a", "box");
    ProcessHandle dog = ProcessHandle.of(watchdog.id()).orElseThrow();
    dog.destroyForcibly();
    dog.onExit().join();
    try (var still = freezer.freeze(Set.of(0))) {
      assertEquals(Set.of(0), still.moving());
      assertFalse(host.cgroup("box").isAskedToFreeze());
    }
  }

  @Test
  void nextRunThawsWhatADeadOneLeft() throws IOException {
    Cgroup box = host.cgroup("box");
    record.write(List.of(box));
    box.ask(Wish.FREEZE);
    assertEquals(Optional.of("thawed what a killed run had frozen: " + box), record.thaw());
    assertFalse(box.isAskedToFreeze());
    assertEquals(Optional.empty(), record.thaw());
  }

  @Test
  void anotherCgroupOfTheSameNameIsNotThawed() throws IOException {
    Cgroup box = host.cgroup("box");
    record.write(List.of(box));
    Files.move(box.directory(), top.resolve("cgroup/old"));
    Cgroup fresh = host.cgroup("box");
    fresh.ask(Wish.FREEZE);
    assertEquals(Optional.empty(), record.thaw());
    assertTrue(fresh.isAskedToFreeze());
  }
}
