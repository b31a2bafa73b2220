package dev.hashify.freeze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.os.ProcessTable;
import dev.hashify.os.ProcessTable.Place;
import dev.hashify.testkit.Dweller;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestCgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Freezing real programs in real cgroups.
class CgroupFreezeTest {

  @TempDir private Path top;
  private TestCgroup cgroup;
  private WatchdogLine watchdog;
  private Freezer freezer;

  @BeforeEach
  void begin() throws IOException {
    cgroup = TestCgroup.make();
    watchdog = WatchdogLine.start();
    Files.createDirectories(top.resolve("root"));
    Place place;
    try (var open = RealLinux.LINUX.open().directory(TreePath.of(top.resolve("root") + ""))) {
      place = Place.of(RealLinux.LINUX.stat().of(open).id(), open);
    }
    freezer =
        new Freezer(
            CgroupTree.find().orElseThrow(),
            ProcessTable.ofHost(),
            List.of(place),
            watchdog,
            new FreezeRecord(top));
  }

  @AfterEach
  void end() throws IOException {
    watchdog.close();
    cgroup.close();
  }

  private Cgroup it() {
    return new Cgroup(cgroup.directory());
  }

  @Test
  void programsOfARootStandStill() throws IOException {
    try (var dweller = Dweller.livingIn(top.resolve("root"))) {
      cgroup.add(dweller.id());
      try (var still = freezer.freeze(Set.of(0))) {
        assertEquals(Set.of(), still.moving());
        assertTrue(it().isFrozen());
      }
      assertFalse(it().isFrozen());
      assertTrue(dweller.isAlive());
    }
  }

  @Test
  void bystanderInTheCgroupKeepsItRunning() throws IOException {
    try (var dweller = Dweller.livingIn(top.resolve("root"));
        var bystander = Dweller.workingIn(top)) {
      cgroup.add(dweller.id());
      cgroup.add(bystander.id());
      try (var still = freezer.freeze(Set.of(0))) {
        assertEquals(Set.of(0), still.moving());
        assertFalse(it().isAskedToFreeze());
      }
    }
  }

  @Test
  void programWithoutACgroupOfItsOwnIsNotStopped() throws IOException {
    try (var _ = Dweller.livingIn(top.resolve("root"));
        var still = freezer.freeze(Set.of(0))) {
      assertEquals(Set.of(0), still.moving());
    }
  }

  @Test
  void programsAreStoppedForMillisecondsOnly() throws IOException {
    try (var dweller = Dweller.livingIn(top.resolve("root"))) {
      cgroup.add(dweller.id());
      for (int i = 0; i < 50; i++) {
        freezer.freeze(Set.of(0)).close();
      }
      FreezeFigures figures = freezer.figures();
      assertEquals(50, figures.freezes());
      assertTrue(figures.medianNanos() < 50_000_000, figures::text);
    }
  }
}
