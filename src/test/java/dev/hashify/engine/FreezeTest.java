package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.engine.Unification.Told;
import dev.hashify.testkit.Dweller;
import dev.hashify.testkit.TestCgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs over roots with running programs.
///
/// ```
/// a/file0 … file199     b/file0 … file199, equal to those of a
/// ```
class FreezeTest {

  private static final int FILES = 200;

  @TempDir private Path top;
  private Path a;
  private Path b;
  private Unification unification;

  @BeforeEach
  void makeRoots() throws IOException {
    a = Files.createDirectory(top.resolve("a"));
    b = Files.createDirectory(top.resolve("b"));
    for (int i = 0; i < FILES; i++) {
      for (Path root : List.of(a, b)) {
        Path file = Files.writeString(root.resolve("file" + i), "the content of file " + i);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
      }
    }
    unification = Unification.in(top.resolve("store"));
  }

  private Told freezing() {
    return unification.real(Options.DEFAULT.with(UnifyFlag.FREEZE), Root.of(List.of(a, b)));
  }

  private static String notes(Told told) {
    return String.join("\n", told.report().stores().getFirst().notes());
  }

  @Test
  void programsAreStoppedAroundEachBatchAndRunAfterwards() throws IOException {
    try (var cgroup = TestCgroup.make();
        var dweller = Dweller.livingIn(b)) {
      cgroup.add(dweller.id());
      Told told = freezing();
      assertEquals(FILES, told.counts().shared(), told::toString);
      assertTrue(notes(told).contains("programs were stopped"), () -> notes(told));
      assertFalse(notes(told).contains("could be stopped"), () -> notes(told));
      assertTrue(notes(told).contains(b + ": 1 program runs in it"), () -> notes(told));
      assertFalse(cgroup.isFrozen());
      assertTrue(dweller.isAlive());
      System.out.println(notes(told));
    }
  }

  @Test
  void rootWhoseProgramsCannotBeStoppedIsNamed() throws IOException {
    try (var _ = Dweller.livingIn(b)) {
      Told told = freezing();
      assertEquals(FILES, told.counts().shared(), told::toString);
      assertTrue(
          notes(told).contains(b + ": not all of its programs could be stopped"),
          () -> notes(told));
    }
  }

  @Test
  void withoutFreezingTheSummaryNamesTheRunningPrograms() throws IOException {
    try (var _ = Dweller.livingIn(b)) {
      Told told = unification.real(a, b);
      assertTrue(
          notes(told).contains(b + ": 1 program runs in it: replaced under leases"),
          () -> notes(told));
    }
  }

  @Test
  void rootsAtRestNeedNoWords() {
    assertFalse(notes(unification.real(a, b)).contains("program"));
    assertFalse(Files.exists(top.resolve("store/frozen")));
  }
}
