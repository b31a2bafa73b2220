package dev.hashify.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random patterns, paths and rules over an alphabet so small that they meet.
final class RandomRules {

  private static final String[] PIECES = {
    "a",
    "b",
    "a",
    "b",
    "/",
    "/",
    "*",
    "*",
    "?",
    "[ab]",
    "[!a]",
    "[a-b/]",
    "[[:digit:]a]",
    "\\a",
    "\\*",
    "[",
    "]",
    "7",
    "[]b]",
    "[a\\]",
    "-",
    "!"
  };

  private static final String[] NAMES = {"a", "b", "ab", "ba", "aab", "7", "b]", "[a", "*", "a.b"};

  private RandomRules() {}

  static String pattern(Random random, int pieces) {
    var pattern = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      pattern.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return pattern.toString();
  }

  static String text(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("ab/7[]*-!\\".charAt(random.nextInt(random.nextBoolean() ? 3 : 10)));
    }
    return text.toString();
  }

  /// A path of one to four names.
  static String path(Random random) {
    List<String> names = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      names.add(NAMES[random.nextInt(NAMES.length)]);
    }
    return String.join("/", names);
  }

  /// A pattern that has something to do with paths: often a path with a piece changed.
  static String pathPattern(Random random) {
    String path = "/" + path(random);
    return switch (random.nextInt(8)) {
      case 0 -> path;
      case 1 -> path + "/*";
      case 2 -> "*" + path;
      case 3 -> "*" + path.substring(1);
      case 4 -> "*" + path + "/*";
      case 5 -> path.replace('a', random.nextBoolean() ? '?' : '*');
      case 6 -> "/" + pattern(random, 1 + random.nextInt(6));
      default -> pattern(random, 1 + random.nextInt(6));
    };
  }

  static List<SlowModel.TextRule> rules(Random random) {
    List<SlowModel.TextRule> rules = new ArrayList<>();
    for (int i = random.nextInt(7); i >= 0; i--) {
      Verdict verdict =
          switch (random.nextInt(3)) {
            case 0 -> Verdict.INCLUDE;
            case 1 -> Verdict.EXCLUDE;
            default -> Verdict.SKIP;
          };
      rules.add(new SlowModel.TextRule(verdict, pathPattern(random)));
    }
    return rules;
  }

  static String asList(List<SlowModel.TextRule> rules) {
    var list = new StringBuilder();
    for (SlowModel.TextRule rule : rules) {
      list.append(rule.verdict().sign()).append(rule.pattern()).append('\n');
    }
    return list.toString();
  }
}
