package dev.hashify.select;

import dev.hashify.file.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Rule sets of text, as tests write them.
final class SelectTestRules {

  private SelectTestRules() {}

  static RuleList list(String source, String content) {
    try {
      return RuleListParser.parse(source, content.getBytes(StandardCharsets.UTF_8));
    } catch (RuleSyntaxException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  static RuleSet rules(String content) {
    return RuleSet.of(List.of(list("list", content)));
  }

  static Verdict verdict(RuleSet rules, String path) {
    return rules.explain(TreePath.of(path)).verdict();
  }

  /// Whether a pattern matches a text as a whole, the text being any bytes and not only a path.
  static boolean matches(byte[] pattern, byte[] text) {
    Glob glob = GlobParser.parse(pattern).glob();
    var rule = new Rule(new RulePlace("list", 1), Verdict.EXCLUDE, pattern, glob);
    return LiveRule.of(rule).matches(new byte[0], text, 0, text.length);
  }

  static boolean matches(String pattern, String text) {
    return matches(SlowModel.bytes(pattern), SlowModel.bytes(text));
  }
}
