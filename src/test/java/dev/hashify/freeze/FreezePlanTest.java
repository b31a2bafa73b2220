package dev.hashify.freeze;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.freeze.Cgroup.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may be frozen.
class FreezePlanTest {

  @TempDir private Path top;
  private FakeHost host;

  @BeforeEach
  void begin() throws IOException {
    host = new FakeHost(top);
    host.weAreIn("user/shell");
  }

  @AfterEach
  void end() {
    host.close();
  }

  private FreezePlan plan(Integer... processes) throws IOException {
    return FreezePlan.of(
        host.tree(), host.table(), List.of(host.place("a"), host.place("b")), List.of(processes));
  }

  @Test
  void cgroupWhoseProcessesAllLiveInRootsIsFrozen() throws IOException {
    host.process(10, "a", "box");
    host.process(11, "b", "box");
    assertEquals(new FreezePlan(List.of(host.cgroup("box")), List.of(), Set.of()), plan(10, 11));
  }

  @Test
  void cgroupWithABystanderIsLeft() throws IOException {
    host.process(10, "a", "box");
    host.process(11, "elsewhere", "box");
    assertEquals(new FreezePlan(List.of(), List.of(), Set.of(10)), plan(10));
  }

  @Test
  void bystanderBelowTheCgroupCounts() throws IOException {
    host.process(10, "a", "box");
    host.process(11, "elsewhere", "box/inner");
    assertEquals(new FreezePlan(List.of(), List.of(), Set.of(10)), plan(10));
  }

  @Test
  void processThatCannotBeSeenIsABystander() throws IOException {
    host.process(10, "a", "box");
    Files.writeString(
        host.cgroup("box").directory().resolve("cgroup.procs"), "0\n", StandardOpenOption.APPEND);
    assertEquals(new FreezePlan(List.of(), List.of(), Set.of(10)), plan(10));
  }

  @Test
  void ownCgroupIsNeverFrozen() throws IOException {
    host.process(10, "a", "user/shell");
    assertEquals(new FreezePlan(List.of(), List.of(), Set.of(10)), plan(10));
  }

  @Test
  void cgroupAboveOurOwnIsNeverFrozen() throws IOException {
    host.process(10, "a", "user");
    assertEquals(new FreezePlan(List.of(), List.of(), Set.of(10)), plan(10));
  }

  @Test
  void topOfTheHierarchyIsNeverFrozen() throws IOException {
    host.process(10, "a", "");
    assertEquals(new FreezePlan(List.of(), List.of(), Set.of(10)), plan(10));
  }

  @Test
  void cgroupBesideOursWithALongerNameIsNotOurs() throws IOException {
    host.process(10, "a", "user/shell2");
    assertEquals(List.of(host.cgroup("user/shell2")), plan(10).toFreeze());
  }

  @Test
  void cgroupFoundFrozenIsLeftFrozen() throws IOException {
    host.process(10, "a", "box");
    Cgroup box = host.cgroup("box");
    box.ask(Wish.FREEZE);
    while (!box.isFrozen()) {
      LockSupport.parkNanos(100_000);
    }
    assertEquals(new FreezePlan(List.of(), List.of(box), Set.of()), plan(10));
  }

  @Test
  void processOutsideTheHierarchyIsUncovered() throws IOException {
    host.process(10, "a", "box");
    Files.writeString(top.resolve("proc/10/cgroup"), "0::/../other\n");
    assertEquals(Set.of(10), plan(10).uncovered());
  }
}
