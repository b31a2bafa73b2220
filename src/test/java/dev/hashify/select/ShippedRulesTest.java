package dev.hashify.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds every shipped list to the examples in its own comments: `#: excluded /path`, `#: skipped
/// /path`, `#: shared /path`.
class ShippedRulesTest {

  private static final String EXAMPLE = "#:";
  private static final int EXAMPLES_MIN = 5;

  record Example(ShippedRules list, Verdict verdict, String path) {
    @Override
    public String toString() {
      return list.listName() + ": " + verdict + " " + path;
    }
  }

  static List<Example> examples() throws IOException {
    List<Example> all = new ArrayList<>();
    for (ShippedRules list : ShippedRules.values()) {
      all.addAll(examplesOf(list));
    }
    return all;
  }

  private static List<Example> examplesOf(ShippedRules list) throws IOException {
    return text(list)
        .lines()
        .filter(line -> line.startsWith(EXAMPLE))
        .map(line -> example(list, line.substring(EXAMPLE.length()).strip()))
        .toList();
  }

  private static Example example(ShippedRules list, String text) {
    int blank = text.indexOf(' ');
    Verdict verdict =
        switch (text.substring(0, Math.max(blank, 0))) {
          case "shared" -> Verdict.INCLUDE;
          case "excluded" -> Verdict.EXCLUDE;
          case "skipped" -> Verdict.SKIP;
          default -> throw new IllegalArgumentException("not an example: " + text);
        };
    String path = text.substring(blank + 1);
    assertTrue(path.startsWith("/"), text);
    return new Example(list, verdict, path.substring(1));
  }

  private static String text(ShippedRules list) throws IOException {
    try (InputStream in =
        ShippedRules.class.getClassLoader().getResourceAsStream(list.resource())) {
      return new String(
          Objects.requireNonNull(in, list.resource()).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static RuleList rules(ShippedRules list) throws IOException {
    return SelectTestRules.list(list.listName(), text(list));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void exampleIsTrue(Example example) throws IOException {
    Explanation explanation =
        RuleSet.of(List.of(rules(example.list()))).explain(TreePath.of(example.path()));

    assertEquals(example.verdict(), explanation.verdict(), () -> explanation.decision().toString());
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleDecidesAnExample(ShippedRules list) throws IOException {
    RuleSet rules = RuleSet.of(List.of(rules(list)));
    Set<Rule> idle = rules.rules().stream().collect(Collectors.toSet());
    for (Example example : examplesOf(list)) {
      rules.explain(TreePath.of(example.path())).decision().decidingRule().ifPresent(idle::remove);
    }

    assertEquals(Set.of(), idle);
  }

  @ParameterizedTest
  @EnumSource
  void listHasExamplesOfBothKinds(ShippedRules list) throws IOException {
    List<Example> examples = examplesOf(list);

    assertTrue(examples.size() >= EXAMPLES_MIN);
    assertTrue(examples.stream().anyMatch(one -> one.verdict() == Verdict.INCLUDE));
    assertTrue(examples.stream().anyMatch(one -> one.verdict() == Verdict.EXCLUDE));
  }

  @ParameterizedTest
  @EnumSource
  void listBeginsWithItsNameAndPurpose(ShippedRules list) throws IOException {
    assertTrue(text(list).startsWith("# " + list.listName() + ": "));
  }

  @ParameterizedTest
  @EnumSource
  void listHasNoWarnings(ShippedRules list) throws IOException {
    assertEquals(List.of(), rules(list).warnings());
  }

  @Test
  void everyListInTheDirectoryIsNamed() throws IOException {
    Set<String> named =
        Stream.of(ShippedRules.values()).map(ShippedRules::listName).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(Path.of("exclude-rules"))) {
      Set<String> present =
          files
              .map(file -> Objects.requireNonNull(file.getFileName()).toString())
              .collect(Collectors.toCollection(TreeSet::new));

      assertEquals(new TreeSet<>(named), present);
    }
  }

  @Test
  void walkOfAContainerStaysOutOfWhatHasNothingToShare() throws IOException {
    RuleSet rules = RuleSet.of(List.of(rules(ShippedRules.CONTAINER_ROOT)));

    for (String pruned : List.of("home", "root", "proc", "sys", "run", "tmp", "srv")) {
      assertFalse(below(rules, pruned).mayIncludeBelow(), pruned);
    }
    assertFalse(below(rules, "var/log").mayIncludeBelow());
    assertFalse(below(rules, "etc/ssl").mayIncludeBelow());
    assertTrue(below(rules, "var/lib/dpkg").mayIncludeBelow());
  }

  private static DirectoryRules below(RuleSet rules, String path) {
    DirectoryRules directory = rules.root();
    for (String name : path.split("/", -1)) {
      byte[] bytes = SlowModel.bytes(name);
      directory = directory.enter(bytes, 0, bytes.length);
    }
    return directory;
  }
}
