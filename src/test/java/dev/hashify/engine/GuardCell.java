package dev.hashify.engine;

import dev.hashify.testkit.TestVolume;
import java.util.EnumSet;
import java.util.Set;

/// A way to share with a guard: one column of the table of guards.
enum GuardCell {
  OVERLAY("`overlay`", GuardChoice.OVERLAY, "image layers that are used as lower layers"),
  REFLINK("reflinks (XFS, Btrfs)", GuardChoice.AUTO, "all roots on XFS and Btrfs"),
  VERITY("`verity`", GuardChoice.VERITY, "roots whose programs replace files and never chmod them"),
  IMMUTABLE("`immutable`", GuardChoice.IMMUTABLE, "stopped, read-only and archived roots"),
  NONE("`none`", GuardChoice.NONE, "roots whose programs never write in place");

  private final String text;
  private final GuardChoice choice;
  private final String purpose;

  GuardCell(String text, GuardChoice choice, String purpose) {
    this.text = text;
    this.choice = choice;
    this.purpose = purpose;
  }

  /// Which roots it is for.
  String purpose() {
    return purpose;
  }

  /// As a table of guards names it.
  String text() {
    return text;
  }

  GuardChoice choice() {
    return choice;
  }

  /// The file systems that can be had for tests and have it.
  Set<TestVolume.Kind> fileSystems() {
    return switch (this) {
      case REFLINK -> EnumSet.of(TestVolume.Kind.XFS, TestVolume.Kind.BTRFS);
      // Where there are kernels that can: see src/test/verity.
      case VERITY -> EnumSet.of(TestVolume.Kind.EXT4);
      case OVERLAY, IMMUTABLE, NONE ->
          EnumSet.of(TestVolume.Kind.EXT4, TestVolume.Kind.XFS, TestVolume.Kind.BTRFS);
    };
  }
}
