package dev.hashify.engine;

import dev.hashify.select.DirectoryRules;
import org.jspecify.annotations.Nullable;

/// The rules for a directory, worked out when first asked for: on a night without changes nobody
/// asks.
///
/// Belongs to one walk item at a time; several threads may ask the same ancestor, and then work out
/// the same answer.
final class RulesAt {

  private final @Nullable RulesAt parent;
  private final byte[] name;
  private volatile @Nullable DirectoryRules rules;

  private RulesAt(@Nullable RulesAt parent, byte[] name, @Nullable DirectoryRules rules) {
    this.parent = parent;
    this.name = name;
    this.rules = rules;
  }

  static RulesAt root(DirectoryRules rules) {
    return new RulesAt(null, new byte[0], rules);
  }

  RulesAt child(byte[] childName) {
    return new RulesAt(this, childName, null);
  }

  DirectoryRules get() {
    DirectoryRules known = rules;
    if (known == null) {
      if (parent == null) {
        throw new IllegalStateException("a root has its rules from the start");
      }
      known = parent.get().enter(name, 0, name.length);
      rules = known;
    }
    return known;
  }
}
