package dev.hashify.report;

import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run found out beyond its figures.
///
/// @param reclaimed where the reclaimed space was
/// @param skipped one path for each reason
/// @param refused one path for each reason
/// @param relaxations what a laxer identity would bring; empty if that was not looked at
/// @param space who uses which space; none if that was not looked at
/// @param histories what the stores remember, this run included if it was noted
public record Findings(
    Reclaimed reclaimed,
    Map<SkipReason, TreePath> skipped,
    Map<Refusal, TreePath> refused,
    List<Relaxation> relaxations,
    Optional<Space> space,
    List<StoreHistory> histories) {

  /// Nothing was found out.
  public static final Findings NONE =
      new Findings(Reclaimed.NONE, Map.of(), Map.of(), List.of(), Optional.empty(), List.of());

  public Findings {
    skipped = Map.copyOf(skipped);
    refused = Map.copyOf(refused);
    relaxations = List.copyOf(relaxations);
    histories = List.copyOf(histories);
  }

  /// Space reclaimed in the run, or to be reclaimed, by where it was; the largest first, and not
  /// all where there are many.
  ///
  /// @param roots by root
  /// @param areas by the upper two directories below a root, all roots together, as `/usr/lib`
  /// @param directories by directory, no more than three deep below its root
  /// @param files by the file that was kept; where that is an object of a store, by the first path
  ///   that shares it now
  public record Reclaimed(
      List<Total> roots, List<Total> areas, List<Total> directories, List<Total> files) {

    /// Nothing was reclaimed.
    public static final Reclaimed NONE = new Reclaimed(List.of(), List.of(), List.of(), List.of());

    public Reclaimed {
      roots = List.copyOf(roots);
      areas = List.copyOf(areas);
      directories = List.copyOf(directories);
      files = List.copyOf(files);
    }
  }

  /// What was reclaimed at one place.
  ///
  /// @param paths how many paths share now, or would
  public record Total(TreePath path, long paths, long bytes) {}

  /// What would be shared besides if a part of the identity were dropped. Nothing was read to find
  /// out, so it is no promise.
  ///
  /// @param contents how many contents would be shared with another one
  /// @param bytes their length
  /// @param certainty what it is known by
  public record Relaxation(IdentityKey dropped, long contents, long bytes, Certainty certainty) {}

  /// How far an estimate can be trusted.
  public enum Certainty {
    /// Size and mtime to the nanosecond are equal: files of one package, mostly.
    LIKELY,
    /// Name, size, owner and mode are equal, which other content may be, too.
    AT_MOST
  }

  /// What the store at `path` remembers.
  public record StoreHistory(TreePath path, History history) {}
}
