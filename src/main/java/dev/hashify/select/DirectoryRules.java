package dev.hashify.select;

import dev.hashify.file.TreePath;
import java.util.Arrays;

/// The rules as they stand in one directory: asked about its children, entered for its
/// subdirectories.
///
/// Only the rules are kept that can still match something at or below the directory, and what their
/// patterns say about the directory's own path is settled on entering it. So a typical name costs
/// one table look-up and at most a few comparisons, however many rules there are.
///
/// Immutable, so a directory's rules may be handed to another thread. Entering a directory
/// allocates its path and, only where the set of rules changes, new tables; deciding allocates
/// nothing.
public final class DirectoryRules {

  /// `/` at both ends; the root is `/`.
  private final byte[] path;

  private final LiveRules live;
  private final Decision inherited;

  private DirectoryRules(byte[] path, LiveRules live, Decision inherited) {
    this.path = path;
    this.live = live;
    this.inherited = inherited;
  }

  /// The rules at the top of a root.
  static DirectoryRules ofRoot(LiveRule[] rules) {
    byte[] top = {'/'};
    LiveRules live = LiveRules.beforeAnything(rules).enter(top, 0);
    return new DirectoryRules(top, live, Decision.ByDefault.INCLUDED);
  }

  /// What was decided for the directory itself, as its children take it over if no rule matches
  /// them.
  public Decision inherited() {
    return inherited;
  }

  /// Whether some path below this directory may get the verdict [Verdict#INCLUDE]. If not, the walk
  /// need not enter it.
  ///
  /// May be true in vain: what a `*` can stand for is not explored.
  public boolean mayIncludeBelow() {
    return live.hasInclude() || (!live.decidesAllBelow() && inherited.verdict() == Verdict.INCLUDE);
  }

  /// The decision for one child.
  ///
  /// @param names an array that holds the child's name
  /// @param from where the name begins
  /// @param length how many bytes it has, at least 1
  public Decision decide(byte[] names, int from, int length) {
    for (LiveRule rule : live.forLastByte(names[from + length - 1])) {
      if (rule.matches(path, names, from, length)) {
        return rule.decision();
      }
    }
    return inherited;
  }

  /// The rules in the subdirectory of that name.
  ///
  /// @param names an array that holds the subdirectory's name
  /// @param from where the name begins
  /// @param length how many bytes it has, at least 1
  public DirectoryRules enter(byte[] names, int from, int length) {
    byte[] below = Arrays.copyOf(path, path.length + length + 1);
    System.arraycopy(names, from, below, path.length, length);
    below[below.length - 1] = '/';
    Decision decision =
        switch (decide(names, from, length)) {
          case Decision.ByRule(Rule rule) -> new Decision.Inherited(withoutSlashes(below), rule);
          case Decision.Inherited above -> above;
          case Decision.ByDefault none -> none;
        };
    return new DirectoryRules(below, live.enter(below, path.length), decision);
  }

  private static TreePath withoutSlashes(byte[] directory) {
    return TreePath.of(Arrays.copyOfRange(directory, 1, directory.length - 1));
  }
}
