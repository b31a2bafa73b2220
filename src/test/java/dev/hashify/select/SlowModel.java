package dev.hashify.select;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The rule language done the obvious way: no shapes, no state, every star tried with every length.
final class SlowModel {

  private SlowModel() {}

  /// A rule as text: sign and pattern.
  record TextRule(Verdict verdict, String pattern) {}

  /// The verdict on a path below the root, without a leading `/`.
  static Verdict verdict(List<TextRule> rules, String path) {
    if (path.isEmpty()) {
      return Verdict.INCLUDE;
    }
    for (TextRule rule : rules) {
      if (matches(rule.pattern(), "/" + path)) {
        return rule.verdict();
      }
    }
    int slash = path.lastIndexOf('/');
    return verdict(rules, slash < 0 ? "" : path.substring(0, slash));
  }

  static boolean matches(String pattern, String text) {
    return match(pattern, 0, text, 0);
  }

  private static boolean match(String pattern, int p, String text, int t) {
    if (p == pattern.length()) {
      return t == text.length();
    }
    char c = pattern.charAt(p);
    if (c == '*') {
      for (int i = t; i <= text.length(); i++) {
        if (match(pattern, p + 1, text, i)) {
          return true;
        }
      }
      return false;
    }
    if (c == '\\' && p + 1 == pattern.length()) {
      return false;
    }
    int next = p + 1;
    boolean accepted = t < text.length();
    if (c == '[' && closing(pattern, p) > 0) {
      next = closing(pattern, p) + 1;
      accepted = accepted && inBracket(pattern.substring(p + 1, next - 1), text.charAt(t));
    } else if (c == '\\') {
      next = p + 2;
      accepted = accepted && pattern.charAt(p + 1) == text.charAt(t);
    } else if (c != '?') {
      accepted = accepted && c == text.charAt(t);
    }
    return accepted && match(pattern, next, text, t + 1);
  }

  /// The position of the bracket that closes the one at `open`, or -1.
  private static int closing(String pattern, int open) {
    int at = open + 1;
    if (at < pattern.length() && "!^".indexOf(pattern.charAt(at)) >= 0) {
      at++;
    }
    boolean first = true;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == ']' && !first) {
        return at;
      }
      if (c == '\\') {
        at++;
      } else if (pattern.startsWith("[:digit:]", at)) {
        at += "[:digit:]".length() - 1;
      }
      at++;
      first = false;
    }
    return -1;
  }

  private static boolean inBracket(String inside, char c) {
    boolean negated = inside.startsWith("!") || inside.startsWith("^");
    String rest = negated ? inside.substring(1) : inside;
    boolean found = false;
    while (!rest.isEmpty()) {
      if (rest.startsWith("[:digit:]")) {
        found |= c >= '0' && c <= '9';
        rest = rest.substring("[:digit:]".length());
        continue;
      }
      rest = rest.startsWith("\\") ? rest.substring(1) : rest;
      char low = rest.charAt(0);
      char high = low;
      rest = rest.substring(1);
      if (rest.length() >= 2 && rest.startsWith("-")) {
        rest = rest.substring(rest.charAt(1) == '\\' ? 2 : 1);
        high = rest.charAt(0);
        rest = rest.substring(1);
      }
      found |= low <= c && c <= high;
    }
    return found != negated;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
