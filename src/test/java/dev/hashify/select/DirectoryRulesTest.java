package dev.hashify.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.testkit.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectoryRulesTest {

  @Test
  void rootIsIncludedWhateverTheRulesSay() {
    DirectoryRules root = SelectTestRules.rules("/\n*\n").root();

    assertEquals(Verdict.INCLUDE, root.inherited().verdict());
    assertEquals(Verdict.EXCLUDE, decide(root, "etc").verdict());
  }

  @Test
  void pathThatNoRuleMatchesTakesTheVerdictOfItsParent() {
    DirectoryRules etc = enter(SelectTestRules.rules("~/etc\n").root(), "etc");

    var decision = assertInstanceOf(Decision.Inherited.class, decide(etc, "hosts"));

    assertEquals(Verdict.SKIP, decision.verdict());
    assertEquals(TreePath.of("etc"), decision.ancestor());
    assertEquals("list:1: ~/etc", decision.rule().toString());
  }

  @Test
  void inheritedDecisionNamesTheDirectoryThatARuleMatched() {
    DirectoryRules deep =
        enter(enter(enter(SelectTestRules.rules("/a/b\n").root(), "a"), "b"), "c");

    var decision = assertInstanceOf(Decision.Inherited.class, decide(deep, "file"));

    assertEquals(TreePath.of("a/b"), decision.ancestor());
  }

  @Test
  void ruleThatMatchesThePathItselfIsNamed() {
    DirectoryRules etc = enter(SelectTestRules.rules("+/etc/termcap\n/etc\n").root(), "etc");

    var decision = assertInstanceOf(Decision.ByRule.class, decide(etc, "termcap"));

    assertEquals("list:1: +/etc/termcap", decision.toString());
  }

  @Test
  void pathWithoutAnyRuleIsIncludedByDefault() {
    DirectoryRules usr = enter(SelectTestRules.rules("/etc\n").root(), "usr");

    assertInstanceOf(Decision.ByDefault.class, decide(usr, "bin"));
  }

  @Test
  void sameAnswerIsTheSameObject() {
    DirectoryRules root = SelectTestRules.rules("*.pid\n").root();

    assertSame(decide(root, "a.pid"), decide(root, "b.pid"));
    assertSame(decide(root, "a"), decide(root, "b"));
  }

  @Test
  void excludedDirectoryIsEnteredOnlyOnTheWayToAnIncludeRule() {
    DirectoryRules root = SelectTestRules.rules("+/var/lib/apt/lists/*\n/var\n/home\n").root();
    DirectoryRules var = enter(root, "var");

    assertTrue(var.mayIncludeBelow());
    assertTrue(enter(var, "lib").mayIncludeBelow());
    assertFalse(enter(var, "log").mayIncludeBelow());
    assertFalse(enter(root, "home").mayIncludeBelow());
    assertFalse(enter(enter(var, "lib"), "dpkg").mayIncludeBelow());
    assertTrue(enter(enter(enter(var, "lib"), "apt"), "lists").mayIncludeBelow());
  }

  @Test
  void includeRuleBehindOneThatMatchesAllBelowIsNoReasonToEnter() {
    DirectoryRules root = SelectTestRules.rules("/var/*\n+/var/lib/x\n").root();

    assertFalse(enter(root, "var").mayIncludeBelow());
  }

  @Test
  void includeRuleWithALeadingStarIsAReasonToEnterAnyDirectory() {
    DirectoryRules root = SelectTestRules.rules("+*.so\n/home\n").root();

    assertTrue(enter(enter(root, "home"), "me").mayIncludeBelow());
  }

  @Test
  void namesAreTakenFromAnyPlaceOfAnArray() {
    DirectoryRules root = SelectTestRules.rules("/b?\n").root();
    byte[] names = SlowModel.bytes("abbcc");

    assertEquals(Verdict.EXCLUDE, root.decide(names, 2, 2).verdict());
    assertEquals(Verdict.INCLUDE, root.decide(names, 3, 2).verdict());
    assertEquals(Verdict.EXCLUDE, root.enter(names, 1, 2).inherited().verdict());
  }

  @Test
  void wildcardsReachAcrossDirectories() {
    DirectoryRules root = SelectTestRules.rules("*/cache/*/x?y\n/*/b/*.o\n").root();
    DirectoryRules below = enter(enter(enter(root, "a"), "cache"), "b");

    assertEquals(Verdict.EXCLUDE, decide(below, "x.y").verdict());
    assertEquals(Verdict.EXCLUDE, decide(below, "z.o").verdict());
    assertEquals(Verdict.INCLUDE, decide(below, "z.a").verdict());
    assertEquals(Verdict.EXCLUDE, decide(enter(below, "x"), "y").verdict());
  }

  @SeededTest
  void walkingDownAgreesWithTheModel(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 8_000; round++) {
      List<SlowModel.TextRule> rules = RandomRules.rules(random);
      RuleSet set = SelectTestRules.rules(RandomRules.asList(rules));
      for (int i = 0; i < 6; i++) {
        walk(rules, set, RandomRules.path(random));
      }
    }
  }

  private static void walk(List<SlowModel.TextRule> rules, RuleSet set, String path) {
    List<DirectoryRules> entered = new ArrayList<>();
    DirectoryRules directory = set.root();
    String walked = "";
    for (String name : path.split("/", -1)) {
      entered.add(directory);
      walked = walked.isEmpty() ? name : walked + "/" + name;
      String here = walked;
      Verdict expected = SlowModel.verdict(rules, here);
      assertEquals(expected, decide(directory, name).verdict(), () -> rules + " on " + here);
      if (expected == Verdict.INCLUDE) {
        entered.forEach(
            above -> assertTrue(above.mayIncludeBelow(), () -> rules + " prune " + here));
      }
      directory = enter(directory, name);
      assertEquals(expected, directory.inherited().verdict());
    }
  }

  private static Decision decide(DirectoryRules directory, String name) {
    byte[] bytes = SlowModel.bytes(name);
    return directory.decide(bytes, 0, bytes.length);
  }

  private static DirectoryRules enter(DirectoryRules directory, String name) {
    byte[] bytes = SlowModel.bytes(name);
    return directory.enter(bytes, 0, bytes.length);
  }
}
