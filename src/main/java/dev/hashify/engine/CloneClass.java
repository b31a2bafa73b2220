package dev.hashify.engine;

import dev.hashify.plan.KeeperOrder;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/// Files known to share all their blocks, so that what is found out about one holds for all; or one
/// file alone.
final class CloneClass {

  /// Which class is kept: the one with the most files, so that the fewest are touched.
  static final Comparator<CloneClass> KEEPER_FIRST =
      Comparator.comparingInt((CloneClass each) -> -each.members.size())
          .thenComparing(each -> each.first().member(), KeeperOrder.INSTANCE);

  private final Deque<CloneMember> members = new ArrayDeque<>();

  CloneClass(CloneMember first) {
    members.add(first);
  }

  boolean takes(CloneMember other) {
    return first().extents().isProof() && first().extents().hasSameBlocks(other.extents());
  }

  void add(CloneMember member) {
    members.add(member);
  }

  CloneMember first() {
    return members.getFirst();
  }

  /// Leaves the first one out; whether any is left.
  boolean dropFirst() {
    members.removeFirst();
    return !members.isEmpty();
  }

  Deque<CloneMember> members() {
    return members;
  }
}
