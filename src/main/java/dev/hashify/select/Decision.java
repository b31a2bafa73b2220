package dev.hashify.select;

import dev.hashify.file.TreePath;
import java.util.Optional;

/// What was decided for a path, and by what.
public sealed interface Decision {

  /// The answer.
  Verdict verdict();

  /// The rule that gave it, to the path itself or to a directory above; empty if no rule did.
  Optional<Rule> decidingRule();

  /// A rule matches the path itself, and none before it does.
  record ByRule(Rule rule) implements Decision {
    @Override
    public Verdict verdict() {
      return rule.verdict();
    }

    @Override
    public Optional<Rule> decidingRule() {
      return Optional.of(rule);
    }

    @Override
    public String toString() {
      return rule.toString();
    }
  }

  /// No rule matches the path; the nearest directory above it that a rule matches decides.
  ///
  /// @param ancestor that directory, below the root
  /// @param rule the rule that matches it
  record Inherited(TreePath ancestor, Rule rule) implements Decision {
    @Override
    public Verdict verdict() {
      return rule.verdict();
    }

    @Override
    public Optional<Rule> decidingRule() {
      return Optional.of(rule);
    }

    @Override
    public String toString() {
      return rule + " (matches /" + ancestor + ")";
    }
  }

  /// No rule matches the path nor any directory above it: it is included, as the root is.
  record ByDefault() implements Decision {

    static final ByDefault INCLUDED = new ByDefault();

    @Override
    public Verdict verdict() {
      return Verdict.INCLUDE;
    }

    @Override
    public Optional<Rule> decidingRule() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return "no rule matches";
    }
  }
}
