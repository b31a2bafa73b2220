package dev.hashify.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hashify.file.TreePath;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleSetTest {

  @Test
  void firstMatchOverAllListsDecides() {
    RuleSet rules =
        RuleSet.of(
            List.of(
                SelectTestRules.list("first", "+/etc/hosts\n"),
                SelectTestRules.list("second", "~/etc/*\n/etc/hosts\n")));

    assertEquals(
        "first:1: +/etc/hosts", rules.explain(TreePath.of("etc/hosts")).decision().toString());
    assertEquals(
        "second:1: ~/etc/*", rules.explain(TreePath.of("etc/fstab")).decision().toString());
  }

  @Test
  void explanationNamesEveryStepFromTheRoot() {
    Explanation explanation =
        SelectTestRules.rules("/var\n+*.list\n").explain(TreePath.of("var/lib/a.list"));

    assertEquals(
        List.of(
            " INCLUDE no rule matches",
            "var EXCLUDE list:1: -/var",
            "var/lib EXCLUDE list:1: -/var (matches /var)",
            "var/lib/a.list INCLUDE list:2: +*.list"),
        explanation.steps().stream()
            .map(step -> step.path() + " " + step.decision().verdict() + " " + step.decision())
            .toList());
    assertEquals(TreePath.of("var/lib/a.list"), explanation.path());
  }

  @Test
  void rootIsExplainedByNoRule() {
    assertEquals(
        Decision.ByDefault.INCLUDED,
        SelectTestRules.rules("*\n").explain(TreePath.EMPTY).decision());
  }

  @Test
  void absolutePathIsNotBelowARoot() {
    RuleSet rules = SelectTestRules.rules("*\n");

    assertThrows(IllegalArgumentException.class, () -> rules.explain(TreePath.of("/srv/root/etc")));
  }

  @Test
  void fingerprintKeepsItsValue() {
    // Stored in indexes: another value makes every index start over.
    assertEquals(
        new RuleFingerprint(-2951661137938538892L, -7102973499186795134L),
        SelectTestRules.rules("/etc\n+*.so\n").fingerprint());
  }

  @Test
  void fingerprintDoesNotDependOnWhereTheRulesStand() {
    RuleSet oneList = SelectTestRules.rules("/a\n+/b\n");
    RuleSet twoLists =
        RuleSet.of(
            List.of(SelectTestRules.list("x", "# why\n-/a\n"), SelectTestRules.list("y", "+/b")));

    assertEquals(oneList.fingerprint(), twoLists.fingerprint());
  }

  @Test
  void fingerprintTellsOrderVerdictAndPattern() {
    RuleFingerprint one = SelectTestRules.rules("/a\n+/b\n").fingerprint();

    assertNotEquals(one, SelectTestRules.rules("+/b\n/a\n").fingerprint());
    assertNotEquals(one, SelectTestRules.rules("~/a\n+/b\n").fingerprint());
    assertNotEquals(one, SelectTestRules.rules("/a\n+/c\n").fingerprint());
    assertNotEquals(one, SelectTestRules.rules("/a\n+/b\n/c\n").fingerprint());
  }

  @Test
  void setWithoutRulesIncludesEverything() {
    RuleSet none = RuleSet.of(List.of());

    assertEquals(Verdict.INCLUDE, SelectTestRules.verdict(none, "any/thing"));
  }
}
