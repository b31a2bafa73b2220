package dev.hashify.select;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;

/// All rules that hold for a root, in the order in which they are asked.
///
/// Immutable.
public final class RuleSet {

  /// Raised whenever the same rules begin to mean something else.
  private static final int LANGUAGE_VERSION = 1;

  private final List<Rule> rules;
  private final DirectoryRules root;
  private final RuleFingerprint fingerprint;

  private RuleSet(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    this.root = DirectoryRules.ofRoot(rules.stream().map(LiveRule::of).toArray(LiveRule[]::new));
    this.fingerprint = fingerprintOf(rules);
  }

  /// The rules of `lists`, one list after the other.
  public static RuleSet of(List<RuleList> lists) {
    List<Rule> all = new ArrayList<>();
    for (RuleList list : lists) {
      all.addAll(list.rules());
    }
    return new RuleSet(all);
  }

  private static RuleFingerprint fingerprintOf(List<Rule> rules) {
    HashStream128 hash = Hashing.xxh3_128().hashStream();
    hash.putInt(LANGUAGE_VERSION);
    hash.putInt(rules.size());
    for (Rule rule : rules) {
      byte[] pattern = rule.pattern();
      hash.putByte((byte) rule.verdict().sign());
      hash.putInt(pattern.length);
      hash.putBytes(pattern);
    }
    HashValue128 value = hash.get();
    return new RuleFingerprint(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }

  /// The rules in their order.
  public List<Rule> rules() {
    return rules;
  }

  /// What stands for these rules in the index.
  public RuleFingerprint fingerprint() {
    return fingerprint;
  }

  /// The rules at the top of a root, from which a walk goes down.
  public DirectoryRules root() {
    return root;
  }

  /// Why `path` has its verdict; nothing is looked up on disk, so the path need not exist.
  ///
  /// @param path a path below the root
  /// @throws IllegalArgumentException if `path` is absolute: it would have to be made relative to a
  ///   root first, and only the caller knows which
  public Explanation explain(TreePath path) {
    if (path.isAbsolute()) {
      throw new IllegalArgumentException(path + " is not a path below a root");
    }
    List<Explanation.Step> steps = new ArrayList<>();
    steps.add(new Explanation.Step(TreePath.EMPTY, root.inherited()));
    DirectoryRules directory = root;
    TreePath walked = TreePath.EMPTY;
    byte[] bytes = path.bytes();
    int from = 0;
    while (from < bytes.length) {
      int end = from;
      while (end < bytes.length && bytes[end] != '/') {
        end++;
      }
      if (end > from) {
        walked = walked.child(bytes, from, end - from);
        Decision decision = directory.decide(bytes, from, end - from);
        steps.add(new Explanation.Step(walked, decision));
        directory = directory.enter(bytes, from, end - from);
      }
      from = end + 1;
    }
    return new Explanation(steps);
  }
}
