package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileId;
import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.index.IndexException;
import dev.hashify.index.ObjectEntry;
import dev.hashify.select.Decision;
import dev.hashify.select.DirectoryRules;
import dev.hashify.select.Verdict;
import java.util.Optional;

/// Decides what a directory's listing alone can decide about an entry.
final class EntryJudge {

  private static final byte EXCLUDED = PathState.skipped(SkipReason.EXCLUDED);

  private final ScanScope scope;
  private final StoreWork work;
  private final OpenRoot root;
  private final ObjectCatalog objects;

  EntryJudge(ScanScope scope, StoreWork work, OpenRoot root, ObjectCatalog objects) {
    this.scope = scope;
    this.work = work;
    this.root = root;
    this.objects = objects;
  }

  /// Whether a recorded state of an entry that has not changed needs no new decision.
  ///
  /// @param isSettled whether unique files were compared with all roots of this run
  static boolean isStillTrue(byte state, boolean isSettled) {
    if (state == PathState.refused(Refusal.LINKED_FROM_OUTSIDE)) {
      // Its other names may have come inside; grouping finds out, at no cost.
      return false;
    }
    boolean dependsOnOthers =
        state == PathState.UNIQUE
            || state == PathState.CLONED
            || PathState.refusal(state).isPresent();
    return PathState.isSettled(state) && (isSettled || !dependsOnOthers);
  }

  /// The state of entry `i`. For directories: [PathState#UNIQUE] to be entered, else skipped.
  byte judge(RulesAt rules, DirectoryListing listing, int i, long key) throws IndexException {
    if (listing.isVanished(i)) {
      return PathState.refused(Refusal.VANISHED);
    }
    if (listing.failure(i).isPresent()) {
      return PathState.PROBLEM;
    }
    if (listing.isDirectory(i)) {
      return judgeDirectory(rules.get(), listing, i);
    }
    if (!listing.isRegular(i)) {
      return PathState.skipped(SkipReason.SPECIAL_FILE);
    }
    Decision decision =
        rules.get().decide(listing.names(), listing.nameStart(i), listing.nameLength(i));
    if (decision.verdict() != Verdict.INCLUDE) {
      return EXCLUDED;
    }
    Optional<SkipReason> reason = bySize(listing, i);
    if (reason.isPresent()) {
      return PathState.skipped(reason.get());
    }
    return judgeCandidate(listing, i, key);
  }

  private static byte judgeDirectory(DirectoryRules rules, DirectoryListing listing, int i) {
    DirectoryRules below =
        rules.enter(listing.names(), listing.nameStart(i), listing.nameLength(i));
    boolean isIncluded = below.inherited().verdict() == Verdict.INCLUDE;
    return isIncluded || below.mayIncludeBelow() ? PathState.UNIQUE : EXCLUDED;
  }

  private Optional<SkipReason> bySize(DirectoryListing listing, int i) {
    if (listing.sizeBytes(i) == 0) {
      return Optional.of(SkipReason.EMPTY);
    }
    return listing.sizeBytes(i) < work.settings().minSizeBytes()
        ? Optional.of(SkipReason.TOO_SMALL)
        : Optional.empty();
  }

  private byte judgeCandidate(DirectoryListing listing, int i, long key) throws IndexException {
    int attributes = listing.attributes(i);
    if ((attributes & FileAttributes.MOUNT_ROOT) != 0) {
      return PathState.skipped(SkipReason.MOUNT_POINT);
    }
    if ((attributes & FileAttributes.ENCRYPTED) != 0) {
      return PathState.skipped(SkipReason.ENCRYPTED);
    }
    if (scope.isSwap(new FileId(root.stat().device(), listing.inode(i)))) {
      return PathState.skipped(SkipReason.SWAP_FILE);
    }
    return work.settings().sharesBlocks() ? judgeBlocks(attributes) : judgeInode(listing, i, key);
  }

  /// Whose blocks may become common: metadata stays private, whatever it is. What is sealed cannot
  /// be given other blocks.
  private static byte judgeBlocks(int attributes) {
    if ((attributes & FileAttributes.IMMUTABLE) != 0) {
      return PathState.skipped(SkipReason.IMMUTABLE);
    }
    return (attributes & FileAttributes.VERITY) != 0
        ? PathState.skipped(SkipReason.VERITY)
        : PathState.UNSETTLED;
  }

  private byte judgeInode(DirectoryListing listing, int i, long key) throws IndexException {
    int attributes = listing.attributes(i);
    if (!work.settings().includesPrivileged() && FileMode.isSetId(listing.mode(i))) {
      return PathState.skipped(SkipReason.PRIVILEGED);
    }
    Optional<ObjectEntry> object =
        listing.links(i) > 1 ? objects.byInode(listing.inode(i)) : Optional.empty();
    boolean isObject = object.isPresent() && object.get().sizeBytes() == listing.sizeBytes(i);
    if (isObject) {
      work.addObject(listing.inode(i));
      return object.get().key() == key ? PathState.SHARED : PathState.UNSETTLED;
    }
    if ((attributes & (FileAttributes.IMMUTABLE | FileAttributes.APPEND)) != 0) {
      return PathState.skipped(SkipReason.IMMUTABLE);
    }
    return (attributes & FileAttributes.VERITY) != 0
        ? PathState.skipped(SkipReason.VERITY)
        : PathState.UNSETTLED;
  }
}
