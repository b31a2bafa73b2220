package dev.hashify.select;

import java.util.List;
import java.util.stream.Collectors;

/// A rule list cannot be used. All its problems are told at once, so that one edit mends them.
public final class RuleSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<RuleProblem> problems;

  /// An exception for `problems`, of one list or of several.
  public RuleSyntaxException(List<RuleProblem> problems) {
    super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /// The problems, in the order of the lines.
  public List<RuleProblem> problems() {
    return problems;
  }
}
