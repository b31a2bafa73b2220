package dev.hashify.report;

import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import java.util.HashMap;
import java.util.Map;

/// The figures of a run. Every path found is counted once: `found` is the sum of `shared`,
/// `alreadyShared`, `unique`, all skips, all refusals and `fileProblems`.
///
/// @param found paths of files, directories not counted
/// @param directories directories listed
/// @param candidates paths that were considered
/// @param shared paths whose file was replaced in this run, or would be
/// @param alreadyShared paths whose file was shared before
/// @param unique paths without a partner, keepers included
/// @param skipped paths not considered, by reason
/// @param refused paths considered and left, by reason
/// @param fileProblems paths at which something failed
/// @param otherProblems problems of directories and roots, and those that come on top at a path
///   already counted
/// @param groups sets of equal files that gained a member in this run, or would
/// @param reclaimedBytes disk space that came back, or would
/// @param alreadyReclaimedBytes size of the content that paths shared before would take alone, each
///   object counted once less than it has paths
/// @param bytesRead content bytes read
/// @param filesRead files read
/// @param modifiedTimesChanged paths whose mtime is now the keeper's (only when mtime is ignored)
/// @param inUse paths replaced while a running program used the file: shared after its restart
public record Counts(
    long found,
    long directories,
    long candidates,
    long shared,
    long alreadyShared,
    long unique,
    Map<SkipReason, Long> skipped,
    Map<Refusal, Long> refused,
    long fileProblems,
    long otherProblems,
    long groups,
    long reclaimedBytes,
    long alreadyReclaimedBytes,
    long bytesRead,
    long filesRead,
    long modifiedTimesChanged,
    long inUse) {

  public Counts {
    skipped = Map.copyOf(skipped);
    refused = Map.copyOf(refused);
  }

  /// These figures and those of other roots together.
  public Counts plus(Counts other) {
    return new Counts(
        found + other.found,
        directories + other.directories,
        candidates + other.candidates,
        shared + other.shared,
        alreadyShared + other.alreadyShared,
        unique + other.unique,
        sum(skipped, other.skipped),
        sum(refused, other.refused),
        fileProblems + other.fileProblems,
        otherProblems + other.otherProblems,
        groups + other.groups,
        reclaimedBytes + other.reclaimedBytes,
        alreadyReclaimedBytes + other.alreadyReclaimedBytes,
        bytesRead + other.bytesRead,
        filesRead + other.filesRead,
        modifiedTimesChanged + other.modifiedTimesChanged,
        inUse + other.inUse);
  }

  private static <E> Map<E, Long> sum(Map<E, Long> one, Map<E, Long> other) {
    Map<E, Long> sum = new HashMap<>(one);
    other.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return sum;
  }

  public long skippedTotal() {
    return skipped.values().stream().mapToLong(Long::longValue).sum();
  }

  public long refusedTotal() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  public long problems() {
    return fileProblems + otherProblems;
  }

  /// Whether each path found is in exactly one class.
  public boolean addUp() {
    return found
        == shared + alreadyShared + unique + skippedTotal() + refusedTotal() + fileProblems;
  }
}
