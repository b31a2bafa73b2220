package dev.hashify.engine;

import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.Identity;
import dev.hashify.plan.IdentityKey;
import dev.hashify.plan.LongIntMap;
import java.util.function.IntPredicate;

/// Finds, among the files that stayed without partner tonight, those alike in name, size, mode and
/// time that only their owners keep apart: roots whose user ids were shifted for a user namespace.
/// Content is not read for it, so it is an explanation and no promise.
///
/// Memory: one entry for each such file, when what grouped them is not needed any more.
final class OwnerTwins {

  private static final int SEVERAL_OWNERS = Integer.MAX_VALUE;

  private final FileTable table;
  private final Identity identity;
  private final IntPredicate isShared;

  /// @param isShared whether a row has found a partner in this run
  OwnerTwins(FileTable table, Identity identity, IntPredicate isShared) {
    this.table = table;
    this.identity = identity;
    this.isShared = isShared;
  }

  /// Gives them their reason.
  void tell() {
    if (identity.ignores(IdentityKey.NAME) || identity.ignores(IdentityKey.MTIME)) {
      // Size alone makes no likeness.
      return;
    }
    var firstOf = new LongIntMap();
    boolean anyTwins = false;
    for (int row = 0; row < table.rows(); row++) {
      if (isAlone(row)) {
        int first = firstOf.get(key(row), row);
        boolean areTwins = first == SEVERAL_OWNERS || !isOfSameOwner(first, row);
        anyTwins |= areTwins;
        firstOf.put(key(row), areTwins ? SEVERAL_OWNERS : first);
      }
    }
    byte refused = PathState.refused(Refusal.OTHER_OWNER);
    for (int row = 0; anyTwins && row < table.rows(); row++) {
      if (isAlone(row) && firstOf.get(key(row), row) == SEVERAL_OWNERS) {
        table.setState(row, refused);
      }
    }
  }

  private boolean isAlone(int row) {
    return table.state(row) == PathState.UNIQUE
        && FileMode.isRegular(table.mode(row))
        && !isShared.test(row);
  }

  private boolean isOfSameOwner(int one, int other) {
    return table.uid(one) == table.uid(other) && table.gid(one) == table.gid(other);
  }

  private long key(int row) {
    return identity.key(
        table.nameHash(row, identity),
        table.sizeBytes(row),
        table.mode(row),
        0,
        0,
        table.modifiedNanos(row));
  }
}
