package dev.hashify.report;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import java.util.List;

/// What was found out about mounts by trying.
///
/// @param mounts one for each mount of the directories given
/// @param problems directories where nothing could be tried, and what could not be removed
/// @param interrupted whether it was stopped before all were tried
public record ProbeReport(
    List<MountReport> mounts, List<FileProblem> problems, boolean interrupted) {

  public ProbeReport {
    mounts = List.copyOf(mounts);
    problems = List.copyOf(problems);
  }

  /// What one mount can do.
  ///
  /// @param directory where it was tried
  /// @param mountPoint where the mount is
  /// @param fileSystem its type, as `ext4`
  /// @param trials one for each mechanism
  /// @param automatic what a run takes that is told nothing: a guard, or that it asks
  /// @param choices what else may be typed, and what it means
  /// @param next arguments of the command to type next
  public record MountReport(
      TreePath directory,
      TreePath mountPoint,
      String fileSystem,
      List<Trial> trials,
      String automatic,
      List<String> choices,
      List<String> next) {
    public MountReport {
      trials = List.copyOf(trials);
      choices = List.copyOf(choices);
      next = List.copyOf(next);
    }
  }

  /// How one mechanism did.
  ///
  /// @param detail what was seen
  public record Trial(Mechanism mechanism, Answer answer, String detail) {}

  /// What sharing, guards and replacing need.
  public enum Mechanism {
    REFLINK("shares blocks between files, so no guard is needed"),
    OVERLAY("guards read-only layers: a write gets a private copy"),
    VERITY("guards content: a write fails"),
    IMMUTABLE("guards files: writing, replacing and deleting fail"),
    LINKS("how many names a file may have"),
    LEASES("detects programs that have a file open for writing"),
    EXCHANGE("replaces a path without a moment without it"),
    UNNAMED("copies that a kill leaves nothing of"),
    FREEZE("stops programs while their files are replaced");

    private final String purpose;

    Mechanism(String purpose) {
      this.purpose = purpose;
    }

    /// What it is for.
    public String purpose() {
      return purpose;
    }
  }

  /// Whether it works here.
  public enum Answer {
    YES,
    NO,
    UNKNOWN
  }
}
