package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a run is asked to do; everything a command line can say. [#over] has defaults.
///
/// @param mode whether to change anything
/// @param roots the roots in the order given, with their rules
/// @param ruleLists the names of the lists in force, for the report
/// @param stores directories given as stores; may be empty
/// @param share how to share
/// @param guard what keeps shared files from being written
/// @param ignored parts of the identity to leave out
/// @param minSizeBytes smaller files are skipped
/// @param flags the switches that are on
/// @param inside directories whose names count as inside, as an old hash directory
/// @param index where the index lies, if not in the store
/// @param threads how many threads walk and compare, at least 1
/// @param lockWait how long to wait for another run to end
/// @param restraints what it leaves to others
/// @param disk what the roots lie on
public record UnifyRequest(
    RunMode mode,
    List<RootRequest> roots,
    List<String> ruleLists,
    List<TreePath> stores,
    ShareMethod share,
    GuardChoice guard,
    Set<IdentityKey> ignored,
    long minSizeBytes,
    Set<UnifyFlag> flags,
    List<TreePath> inside,
    Optional<TreePath> index,
    int threads,
    Duration lockWait,
    Restraints restraints,
    DiskKind disk) {

  public UnifyRequest {
    roots = List.copyOf(roots);
    ruleLists = List.copyOf(ruleLists);
    stores = List.copyOf(stores);
    ignored = Set.copyOf(ignored);
    flags = Set.copyOf(flags);
    inside = List.copyOf(inside);
  }

  /// A request over these roots, with what the command line takes if nothing else is said.
  public static UnifyRequestBuilder over(List<TreePath> roots) {
    return new UnifyRequestBuilder(roots);
  }

  /// The same request with other restraints.
  public UnifyRequest with(Restraints other) {
    return new UnifyRequest(
        mode,
        roots,
        ruleLists,
        stores,
        share,
        guard,
        ignored,
        minSizeBytes,
        flags,
        inside,
        index,
        threads,
        lockWait,
        other,
        disk);
  }

  /// The same request in another mode.
  UnifyRequest withMode(RunMode other) {
    return new UnifyRequest(
        other,
        roots,
        ruleLists,
        stores,
        share,
        guard,
        ignored,
        minSizeBytes,
        flags,
        inside,
        index,
        threads,
        lockWait,
        restraints,
        disk);
  }
}
