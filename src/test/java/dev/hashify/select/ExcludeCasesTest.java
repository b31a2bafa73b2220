package dev.hashify.select;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.file.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The verdicts on a table of lists and paths, most of them taken from vunify's documents and from
/// what its matcher answered.
class ExcludeCasesTest {

  private static final int CASES = 88;

  record Case(String suite, String rules, String path, boolean unifies, Verdict verdict) {
    static Case parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Case(
          fields[0],
          unescape(fields[1]),
          unescape(fields[2]),
          Boolean.parseBoolean(fields[3]),
          Verdict.valueOf(fields[4]));
    }

    private static String unescape(String text) {
      var result = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\\') {
          i++;
          c = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
        }
        result.append(c);
      }
      return result.toString();
    }

    /// What no root can hold is still asked of the patterns.
    boolean isPath() {
      return path.startsWith("/");
    }

    @Override
    public String toString() {
      return suite + " " + path;
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream in = ExcludeCasesTest.class.getResourceAsStream("exclude-cases.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).map(Case::parse).toList();
    }
  }

  static Stream<Case> casesOfPaths() throws IOException {
    return cases().stream().filter(Case::isPath);
  }

  static Stream<Case> casesOfOtherTexts() throws IOException {
    return cases().stream().filter(one -> !one.isPath());
  }

  @Test
  void everyCaseIsRead() throws IOException {
    assertEquals(CASES, cases().size());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("casesOfPaths")
  void verdictIsAsInTheTable(Case one) {
    var path = TreePath.of(one.path().substring(1));

    Explanation explanation = SelectTestRules.rules(one.rules()).explain(path);

    assertEquals(one.verdict(), explanation.verdict());
    assertEquals(one.unifies(), explanation.verdict() == Verdict.INCLUDE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("casesOfOtherTexts")
  void firstMatchingPatternIsAsInTheTable(Case one) {
    Verdict first =
        SelectTestRules.rules(one.rules()).rules().stream()
            .filter(rule -> SelectTestRules.matches(rule.pattern(), SlowModel.bytes(one.path())))
            .map(Rule::verdict)
            .findFirst()
            .orElse(Verdict.INCLUDE);

    assertEquals(one.verdict(), first);
    assertEquals(one.unifies(), first == Verdict.INCLUDE);
  }
}
