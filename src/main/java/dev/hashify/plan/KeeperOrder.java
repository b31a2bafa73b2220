package dev.hashify.plan;

import java.util.Comparator;

/// The order in which members of a group are preferred as keeper; the first one is kept.
///
/// Total over members with names: no two of them have the same path in the same root.
public final class KeeperOrder implements Comparator<Member> {

  /// The order itself; it has no state.
  public static final KeeperOrder INSTANCE = new KeeperOrder();

  private KeeperOrder() {}

  @Override
  public int compare(Member first, Member second) {
    int byRank = compareRanks(first, second);
    if (byRank != 0) {
      return byRank;
    }
    if (first.names().isEmpty() || second.names().isEmpty()) {
      int byNames = Boolean.compare(first.names().isEmpty(), second.names().isEmpty());
      return byNames != 0 ? byNames : Long.compareUnsigned(first.inode(), second.inode());
    }
    var path = first.names().getFirst();
    var other = second.names().getFirst();
    int byRoot = Integer.compare(path.root(), other.root());
    return byRoot != 0 ? byRoot : path.path().compareTo(other.path());
  }

  /// Objects first, then those without names elsewhere, so that these names get nothing to do with
  /// the group, then those with more names, then those in use, then the oldest. Written out because
  /// it is asked for every pair of every group, most of the time by code not yet compiled well.
  private static int compareRanks(Member first, Member second) {
    if (first.isObject() != second.isObject()) {
      return first.isObject() ? -1 : 1;
    }
    if (first.isSplit() != second.isSplit()) {
      return first.isSplit() ? 1 : -1;
    }
    int byNames = Integer.compare(second.names().size(), first.names().size());
    if (byNames != 0) {
      return byNames;
    }
    if (first.isInUse() != second.isInUse()) {
      return first.isInUse() ? -1 : 1;
    }
    return Long.compare(first.modifiedNanos(), second.modifiedNanos());
  }
}
