package dev.hashify.select;

import java.util.Arrays;
import java.util.stream.Stream;

/// The rules that can still match something at or below a directory, in their order.
///
/// Immutable; shared by all directories in which the same rules stand at the same point, and that
/// is nearly all of them. So entering a directory usually costs a look at the few rules that are
/// bound to a place.
final class LiveRules {

  private final LiveRule[] rules;
  private final LiveRule[] boundToPlace;
  private final ChildRules children;
  private final boolean hasInclude;
  private final boolean decidesAllBelow;

  private LiveRules(LiveRule[] rules, ChildRules children, boolean decidesAllBelow) {
    this.rules = rules;
    this.boundToPlace = Stream.of(rules).filter(rule -> !rule.isSettled()).toArray(LiveRule[]::new);
    this.children = children;
    this.hasInclude =
        Stream.of(rules).anyMatch(rule -> rule.decision().verdict() == Verdict.INCLUDE);
    this.decidesAllBelow = decidesAllBelow;
  }

  /// All rules, as long as not even the root has been entered.
  static LiveRules beforeAnything(LiveRule[] rules) {
    return new LiveRules(rules.clone(), ChildRules.none(), false);
  }

  /// Whether one of them gives [Verdict#INCLUDE].
  boolean hasInclude() {
    return hasInclude;
  }

  /// Whether the last of them matches everything below, so that nothing there inherits.
  boolean decidesAllBelow() {
    return decidesAllBelow;
  }

  /// The rules to ask about a child whose name ends in `lastByte`, in their order.
  LiveRule[] forLastByte(byte lastByte) {
    return children.forLastByte(lastByte);
  }

  /// The rules for a subdirectory; this object itself if nothing is different there.
  ///
  /// @param directory the path of the subdirectory, `/` at both ends
  /// @param known how many of its bytes are the path of the directory above
  LiveRules enter(byte[] directory, int known) {
    if (known > 0 && isSameIn(directory, known)) {
      return this;
    }
    LiveRule[] kept = new LiveRule[rules.length];
    int count = 0;
    boolean all = false;
    for (int i = 0; i < rules.length && !all; i++) {
      if (rules[i].canMatchBelow(directory, known)) {
        kept[count] = rules[i].advance(directory, known);
        // Of the rules behind such a one none has a say below.
        all = kept[count].matchesAllBelow(directory);
        count++;
      }
    }
    LiveRule[] live = Arrays.copyOf(kept, count);
    return new LiveRules(live, ChildRules.choose(live, directory, children), all);
  }

  private boolean isSameIn(byte[] directory, int known) {
    for (LiveRule rule : boundToPlace) {
      if (!rule.canMatchBelow(directory, known)
          || !rule.advance(directory, known).equals(rule)
          || rule.canMatchChild(directory.length) != rule.canMatchChild(known)
          || (!decidesAllBelow && rule.matchesAllBelow(directory))) {
        return false;
      }
    }
    return true;
  }
}
