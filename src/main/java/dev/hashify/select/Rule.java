package dev.hashify.select;

import dev.hashify.file.PathText;
import java.util.Arrays;

/// One rule as somebody wrote it: verdict, pattern, and where it stands.
///
/// Two rules are equal if they say the same and stand at the same place.
public final class Rule {

  private final String source;
  private final int line;
  private final Verdict verdict;
  private final byte[] pattern;
  private final Glob glob;

  Rule(RulePlace place, Verdict verdict, byte[] pattern, Glob glob) {
    this.source = place.source();
    this.line = place.line();
    this.verdict = verdict;
    this.pattern = pattern.clone();
    this.glob = glob;
  }

  /// The name of the list it came from, as the caller gave it.
  public String source() {
    return source;
  }

  /// The line in the list, from 1.
  public int line() {
    return line;
  }

  public Verdict verdict() {
    return verdict;
  }

  /// The pattern as written, without the sign; a copy.
  public byte[] pattern() {
    return pattern.clone();
  }

  Glob glob() {
    return glob;
  }

  /// The rule in one line, always with its sign: `-/etc/*`. Backslashes are shown as written, bytes
  /// that a terminal would act on are escaped.
  public String text() {
    return verdict.sign() + display(pattern);
  }

  static String display(byte[] pattern) {
    var text = new StringBuilder(pattern.length);
    int from = 0;
    for (int i = 0; i <= pattern.length; i++) {
      if (i == pattern.length || pattern[i] == '\\') {
        text.append(PathText.escape(pattern, from, i - from));
        from = i + 1;
        if (i < pattern.length) {
          text.append('\\');
        }
      }
    }
    return text.toString();
  }

  /// Place and rule, as in `caches:7: -/var/cache/*`.
  @Override
  public String toString() {
    return source + ":" + line + ": " + text();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rule rule
        && line == rule.line
        && verdict == rule.verdict
        && source.equals(rule.source)
        && Arrays.equals(pattern, rule.pattern);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * source.hashCode() + line) + Arrays.hashCode(pattern);
  }
}
