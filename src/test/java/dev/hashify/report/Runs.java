package dev.hashify.report;

import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Reports of runs that never were.
public final class Runs {

  /// Figures that add up.
  public static final Counts COUNTS =
      new Counts(
          20_000,
          1_234,
          14_990,
          12_345,
          1_000,
          1_643,
          Map.of(SkipReason.EXCLUDED, 5_000L, SkipReason.EMPTY, 10L),
          Map.of(Refusal.OPEN_FOR_WRITING, 2L),
          0,
          0,
          2_345,
          1_288_490_189L,
          4_096,
          2_400_000_000L,
          13_000,
          0,
          0);

  /// Figures of which one is missing.
  public static final Counts NOT_ADDING_UP =
      new Counts(
          10, 1, 8, 7, 0, 0, Map.of(SkipReason.EMPTY, 2L), Map.of(), 0, 0, 1, 1, 0, 1, 1, 0, 0);

  private Runs() {}

  /// A run over `/srv/a` and `/srv/b` that came to its end.
  public static RunReport run(RunMode mode, Counts counts) {
    return run(mode, counts, End.COMPLETE, List.of());
  }

  /// How a run ended.
  public enum End {
    COMPLETE,
    INTERRUPTED,
    GUARD_MISSING
  }

  /// A run over `/srv/a` and `/srv/b`.
  public static RunReport run(RunMode mode, Counts counts, End end, List<String> choices) {
    List<TreePath> roots = List.of(TreePath.of("/srv/a"), TreePath.of("/srv/b"));
    var store =
        new StoreSummary(
            TreePath.of("/srv/.hashify"),
            roots,
            choices.isEmpty() ? "immutable" : "",
            mode == RunMode.REAL ? 3 : 0,
            mode == RunMode.REAL ? 2048 : 0,
            List.of());
    return new RunReport(
        mode,
        roots,
        List.of("container-root"),
        counts,
        List.of(store),
        Duration.ofMillis(12_340),
        end == End.INTERRUPTED,
        end == End.GUARD_MISSING,
        choices,
        Findings.NONE);
  }

  /// As [#COUNTS] with a problem at one path and one at a directory.
  public static Counts withProblems() {
    Counts all = COUNTS;
    return new Counts(
        all.found() + 1,
        all.directories(),
        all.candidates(),
        all.shared(),
        all.alreadyShared(),
        all.unique(),
        all.skipped(),
        all.refused(),
        1,
        1,
        all.groups(),
        all.reclaimedBytes(),
        all.alreadyReclaimedBytes(),
        all.bytesRead(),
        all.filesRead(),
        0,
        0);
  }
}
