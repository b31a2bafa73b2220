package dev.hashify.engine;

import dev.hashify.plan.Identity;
import dev.hashify.plan.IdentityKey;
import dev.hashify.plan.LongIntMap;
import dev.hashify.report.Findings.Certainty;
import dev.hashify.report.Findings.Relaxation;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Adds up how many contents would look alike if a part of the identity were dropped, from what
/// listings say: nothing is read.
final class LaxerIdentity {

  private final IdentityKey dropped;
  private final Identity identity;
  private final boolean isForBlocks;
  private final LongIntMap looks = new LongIntMap();
  private long contents;
  private long bytes;

  private LaxerIdentity(IdentityKey dropped, Set<IdentityKey> ignored, boolean isForBlocks) {
    this.dropped = dropped;
    this.isForBlocks = isForBlocks;
    Set<IdentityKey> all = EnumSet.of(dropped);
    all.addAll(ignored);
    this.identity = new Identity(all);
  }

  /// The identity without `dropped`; none if it is without it already.
  static Optional<LaxerIdentity> without(
      IdentityKey dropped, Set<IdentityKey> ignored, boolean isForBlocks) {
    // Files that share blocks keep their times, whatever these are.
    boolean counts = dropped == IdentityKey.NAME || (dropped == IdentityKey.MTIME && !isForBlocks);
    return counts && !ignored.contains(dropped)
        ? Optional.of(new LaxerIdentity(dropped, ignored, isForBlocks))
        : Optional.empty();
  }

  /// Adds a content that was not added before.
  void add(SurveyedFile file) {
    long name = file.nameHash(identity);
    long look =
        isForBlocks
            ? identity.key(name, file.sizeBytes(), 0, 0, 0, file.modifiedNanos())
            : identity.key(
                name, file.sizeBytes(), file.mode(), file.uid(), file.gid(), file.modifiedNanos());
    if (looks.contains(look)) {
      contents++;
      bytes += file.sizeBytes();
    } else {
      looks.put(look, 1);
    }
  }

  Relaxation result() {
    Certainty certainty =
        switch (dropped) {
          case NAME -> Certainty.LIKELY;
          case MTIME, XATTR -> Certainty.AT_MOST;
        };
    return new Relaxation(dropped, contents, bytes, certainty);
  }
}
