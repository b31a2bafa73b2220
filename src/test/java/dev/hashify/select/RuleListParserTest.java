package dev.hashify.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleListParserTest {

  @Test
  void signsGiveTheVerdict() {
    assertEquals(List.of("-/a", "-/b", "+/c", "~/d", "--/e"), texts("/a\n-/b\n+/c\n~/d\n--/e\n"));
  }

  @Test
  void commentsAndBlankLinesAreIgnored() {
    assertEquals(List.of("-/a"), texts("# -/x\n\n \t\r\n/a\n#\n"));
  }

  @Test
  void blanksTabsAndCarriageReturnsAtTheEndAreDropped() {
    assertEquals(List.of("-/a", "+/b c"), texts("/a \t\r\n+/b c  \n"));
  }

  @Test
  void lastLineNeedsNoLineFeed() {
    assertEquals(List.of("-/a", "-/b"), texts("/a\n/b"));
  }

  @Test
  void rulesKnowTheirSourceAndLine() {
    Rule rule = SelectTestRules.list("my.rules", "# why\n\n/etc/*\n").rules().getFirst();

    assertEquals("my.rules:3: -/etc/*", rule.toString());
    assertArrayEquals(SlowModel.bytes("/etc/*"), rule.pattern());
  }

  @Test
  void linesOfOptionsAreNumberedByTheirPosition() throws RuleSyntaxException {
    RuleList list =
        RuleListParser.parseLines(
            "--exclude", List.of(SlowModel.bytes("/a"), SlowModel.bytes("+/b")));

    assertEquals("--exclude:2: +/b", list.rules().get(1).toString());
  }

  @Test
  void patternIsShownWithItsBackslashesAndWithoutControlCharacters() {
    Rule rule = SelectTestRules.list("x", "/a\\*\u001b[0m\n").rules().getFirst();

    assertEquals("-/a\\*\\x1b[0m", rule.text());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "etc/passwd|cannot match the '/'",
        "\\x|cannot match the '/'",
        "[a-z]tc|cannot match the '/'",
        "+|there is no pattern",
        "/tmp/|ends with '/'",
        "*/|ends with '/'",
        "/a//b|has '//'",
        "/q[ab|unclosed '['",
        "/a\\|ends with a backslash",
        "/[[:foo:]]|there is no [:foo:]",
        "/[b-a]|a range ends before it begins"
      })
  void oddPatternIsAWarning(String line, String expected) {
    List<RuleProblem> warnings = SelectTestRules.list("x", "#\n" + line).warnings();

    assertEquals(1, warnings.size());
    assertEquals(2, warnings.getFirst().line());
    assertTrue(warnings.getFirst().message().contains(expected), warnings.toString());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"/etc", "*.pid", "?etc", "[/]etc", "[!a]tc", "\\/etc", "/a*", "*"})
  void patternThatMayMatchIsNoWarning(String line) {
    assertEquals(List.of(), SelectTestRules.list("x", line).warnings());
  }

  @Test
  void warningShowsPlaceRuleAndWhatToWrite() {
    RuleProblem warning = SelectTestRules.list("my.rules", "/q[ab\n").warnings().getFirst();

    assertEquals(
        "my.rules:1: \"-/q[ab\": unclosed '[' is taken literally;"
            + " to match a literal bracket write '[[]'",
        warning.toString());
  }

  @Test
  void allErrorsOfAListAreToldAtOnce() {
    String list = "/a\0b\n/fine\n/" + "x".repeat(4096) + "\n";

    var wrong =
        assertThrows(
            RuleSyntaxException.class,
            () -> RuleListParser.parse("my.rules", SlowModel.bytes(list)));

    assertEquals(
        List.of(
            "my.rules:1: a rule cannot contain a NUL byte",
            "my.rules:3: the pattern has 4097 bytes; at most 4096 are allowed"),
        wrong.problems().stream().map(RuleProblem::toString).toList());
  }

  @Test
  void optionOfTwoLinesIsAnError() {
    assertThrows(
        RuleSyntaxException.class,
        () -> RuleListParser.parseLines("--exclude", List.of(SlowModel.bytes("/a\n/b"))));
  }

  private static List<String> texts(String content) {
    return SelectTestRules.list("x", content).rules().stream().map(Rule::text).toList();
  }
}
