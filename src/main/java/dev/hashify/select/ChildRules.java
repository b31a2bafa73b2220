package dev.hashify.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rules that can match a direct child of a directory, in their order, found by the last byte
/// of the child's name.
///
/// Most rules that hold everywhere are for a suffix (`*.pid`), so the last byte of a name rules out
/// nearly all of them in one look. Immutable; shared by all directories with the same rules.
final class ChildRules {

  private static final LiveRule[] NONE = {};

  private final LiveRule[] rules;
  private final LiveRule[][] byLastByte = new LiveRule[256][];

  private ChildRules(LiveRule[] rules) {
    this.rules = rules;
    Arrays.fill(byLastByte, endingIn(-1));
    var filled = new ByteSet();
    for (LiveRule rule : rules) {
      int last = rule.lastByte();
      if (last >= 0 && !filled.contains(last)) {
        byLastByte[last] = endingIn(last);
        filled.add(last);
      }
    }
  }

  private LiveRule[] endingIn(int lastByte) {
    List<LiveRule> chosen = new ArrayList<>();
    for (LiveRule rule : rules) {
      if (rule.lastByte() < 0 || rule.lastByte() == lastByte) {
        chosen.add(rule);
      }
    }
    return chosen.isEmpty() ? NONE : chosen.toArray(LiveRule[]::new);
  }

  /// The rules among `live` that can match a child of `directory`; `above` itself if those are the
  /// same.
  static ChildRules choose(LiveRule[] live, byte[] directory, ChildRules above) {
    LiveRule[] chosen = new LiveRule[live.length];
    int count = 0;
    for (LiveRule rule : live) {
      if (rule.canMatchChild(directory.length)) {
        chosen[count++] = rule;
      }
    }
    return above.holds(chosen, count) ? above : new ChildRules(Arrays.copyOf(chosen, count));
  }

  static ChildRules none() {
    return new ChildRules(NONE);
  }

  private boolean holds(LiveRule[] others, int count) {
    if (rules.length != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      // This is identity: a rule that has got further in its pattern is another one.
      if (!rules[i].equals(others[i])) {
        return false;
      }
    }
    return true;
  }

  /// The rules to ask about a name that ends in `lastByte`, in their order.
  LiveRule[] forLastByte(byte lastByte) {
    return byLastByte[lastByte & 0xff];
  }
}
