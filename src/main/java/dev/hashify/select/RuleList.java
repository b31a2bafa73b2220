package dev.hashify.select;

import java.util.List;

/// The rules of one list in their order.
///
/// @param source the name of the list, for people
/// @param rules the rules; the order decides
/// @param warnings rules that mean something else than their author probably thought; they change
///   no verdict
public record RuleList(String source, List<Rule> rules, List<RuleProblem> warnings) {
  public RuleList {
    rules = List.copyOf(rules);
    warnings = List.copyOf(warnings);
  }
}
