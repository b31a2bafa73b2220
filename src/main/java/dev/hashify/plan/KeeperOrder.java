package dev.hashify.plan;

import java.util.Comparator;

/// The order in which members of a group are preferred as keeper; the first one is kept.
///
/// Total over members with names: no two of them have the same path in the same root.
public final class KeeperOrder implements Comparator<Member> {

  /// The order itself; it has no state.
  public static final KeeperOrder INSTANCE = new KeeperOrder();

  private static final Comparator<Member> BY_RANK =
      Comparator.comparing((Member member) -> !member.isObject())
          .thenComparingInt(member -> -member.names().size())
          .thenComparing(member -> !member.isInUse())
          .thenComparingLong(Member::modifiedNanos);

  private KeeperOrder() {}

  @Override
  public int compare(Member first, Member second) {
    int byRank = BY_RANK.compare(first, second);
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
}
