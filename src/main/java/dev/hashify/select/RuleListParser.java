package dev.hashify.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads rule lists. The language is described in the package's documentation.
public final class RuleListParser {

  /// The longest path that a system call takes (PATH_MAX, linux/limits.h): no longer pattern is
  /// meant seriously, and the limit bounds what one comparison costs.
  private static final int PATTERN_BYTES_MAX = 4096;

  private final String source;
  private final List<Rule> rules = new ArrayList<>();
  private final List<RuleProblem> warnings = new ArrayList<>();
  private final List<RuleProblem> errors = new ArrayList<>();

  private RuleListParser(String source) {
    this.source = source;
  }

  /// The rules of a list.
  ///
  /// @param sourceName what to call the list in messages
  /// @param content the bytes of the list
  /// @throws RuleSyntaxException if a line has a NUL byte or a pattern of more than 4,096 bytes; it
  ///   holds the problems of all lines
  public static RuleList parse(String sourceName, byte[] content) throws RuleSyntaxException {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= content.length; i++) {
      if (i == content.length || content[i] == '\n') {
        lines.add(Arrays.copyOfRange(content, from, i));
        from = i + 1;
      }
    }
    return parseLines(sourceName, lines);
  }

  /// The rules of lines that are given one by one, as options on a command line are. The line
  /// number of a rule is its position, from 1.
  ///
  /// @throws RuleSyntaxException as for [#parse], and if an element is more than one line
  public static RuleList parseLines(String sourceName, List<byte[]> lines)
      throws RuleSyntaxException {
    var parser = new RuleListParser(sourceName);
    for (int i = 0; i < lines.size(); i++) {
      parser.readLine(i + 1, lines.get(i));
    }
    if (!parser.errors.isEmpty()) {
      throw new RuleSyntaxException(parser.errors);
    }
    return new RuleList(sourceName, parser.rules, parser.warnings);
  }

  private void readLine(int number, byte[] line) {
    int end = line.length;
    while (end > 0 && isBlank(line[end - 1])) {
      end--;
    }
    if (end == 0 || line[0] == '#') {
      return;
    }
    int from = isSign(line[0]) ? 1 : 0;
    byte[] pattern = Arrays.copyOfRange(line, from, end);
    if (hasErrors(number, pattern)) {
      return;
    }
    Verdict verdict =
        switch (line[0]) {
          case '+' -> Verdict.INCLUDE;
          case '~' -> Verdict.SKIP;
          default -> Verdict.EXCLUDE;
        };
    GlobParser.Parsed parsed = GlobParser.parse(pattern);
    var rule = new Rule(new RulePlace(source, number), verdict, pattern, parsed.glob());
    rules.add(rule);
    for (String flaw : parsed.flaws()) {
      warnings.add(new RuleProblem(source, number, "\"" + rule.text() + "\": " + flaw));
    }
  }

  private boolean hasErrors(int number, byte[] pattern) {
    int before = errors.size();
    if (pattern.length > PATTERN_BYTES_MAX) {
      addError(
          number,
          "the pattern has "
              + pattern.length
              + " bytes; at most "
              + PATTERN_BYTES_MAX
              + " are allowed");
    }
    for (byte b : pattern) {
      if (b == 0 || b == '\n') {
        String what = b == 0 ? "NUL byte" : "line feed";
        addError(number, "a rule cannot contain a " + what);
        break;
      }
    }
    return errors.size() > before;
  }

  private void addError(int number, String message) {
    errors.add(new RuleProblem(source, number, message));
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private static boolean isSign(byte b) {
    return b == '+' || b == '-' || b == '~';
  }
}
