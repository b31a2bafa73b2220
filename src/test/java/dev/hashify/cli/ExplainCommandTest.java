package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import dev.hashify.engine.ExplainRequest;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.report.ExplainReport;
import dev.hashify.report.PathExplanation;
import dev.hashify.report.PathExplanation.Content;
import dev.hashify.report.PathExplanation.Decision;
import dev.hashify.report.PathExplanation.FileFacts;
import dev.hashify.report.PathExplanation.Group;
import dev.hashify.report.PathExplanation.Like;
import dev.hashify.report.PathExplanation.Place;
import dev.hashify.report.PathExplanation.RuleWord;
import dev.hashify.report.PathExplanation.Source;
import dev.hashify.testkit.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {

  private static final TreePath PATH = TreePath.of("/srv/a/etc/f");
  private static final FileProblem UNKNOWN =
      new FileProblem(PATH, "not explained", "it lies in no root", "the others are explained");

  private final Terminal terminal = new Terminal();

  private static PathExplanation explanation(Decision decision, Group group, List<Like> likes) {
    return new PathExplanation(
        PATH,
        new Place(TreePath.of("/srv/a"), TreePath.of("/srv/.hashify"), "hard links", "immutable"),
        Optional.of(new RuleWord("included with /etc", "container-root:7:+/etc")),
        Optional.of(
            new FileFacts(
                "f",
                12_345,
                "0644",
                0,
                42,
                1_700_000_000_000_000_001L,
                77,
                4,
                List.of("security.selinux"),
                List.of("name"))),
        decision,
        group,
        likes,
        List.of("do this"));
  }

  private static PathExplanation shared() {
    return explanation(
        new Decision(
            "shared",
            "",
            "shared: its inode is an object of the store",
            Source.LAST_RUN,
            List.of()),
        new Group(
            Optional.of(TreePath.of("/srv/.hashify/objects/ab/cd/e-1")),
            Optional.of(true),
            2,
            List.of(TreePath.of("/srv/b/etc/f"), TreePath.of("/srv/c/etc/\u001b")),
            1),
        List.of());
  }

  private static PathExplanation changed() {
    return explanation(
        new Decision(
            "candidate",
            "",
            "a candidate: the next run compares it with its likes",
            Source.NOW,
            List.of("mtime moved", "then it was unique")),
        Group.NONE,
        List.of(new Like(TreePath.of("/srv/b/etc/f"), List.of("mtime"), Content.EQUAL)));
  }

  @Test
  void everythingIsSaidInOneScreen() {
    terminal.operations.explainReport = new ExplainReport(List.of(shared()), List.of());
    Outcome outcome = terminal.type("explain", "--store", "/s", "--index", "/i", "/srv/a/etc/f");
    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals(
        """
        /srv/a/etc/f
          root        /srv/a, store /srv/.hashify (hard links, guard immutable)
          rule        included with /etc: container-root:7:+/etc
          identity    name f, 12,345 bytes, owner 0:42, mode 0644, \\
        mtime 2023-11-14T22:13:20.000000001Z, security.selinux (does not count: name)
          inode       77, 4 names
          decision    shared: its inode is an object of the store (last run)
          object      /srv/.hashify/objects/ab/cd/e-1, its guard is on
          group       shares with 2 other paths and 1 name in no recorded root
                      /srv/b/etc/f
                      /srv/c/etc/\\x1b
          to change   do this
        """
            .replace("\\\n", ""),
        outcome.out());
    assertEquals(
        List.of(
            new ExplainRequest(
                List.of(PATH), List.of(TreePath.of("/s")), Optional.of(TreePath.of("/i")))),
        terminal.operations.explained);
  }

  @Test
  void whatIsWorkedOutNowIsNotCalledADecisionOfTheLastRun() {
    terminal.operations.explainReport = new ExplainReport(List.of(changed()), List.of());
    String out = terminal.type("explain", "/srv/a/etc/f").out();
    assertTrue(out.contains("(worked out now, not by the last run)"), out);
    assertTrue(out.contains("  since then  mtime moved; then it was unique\n"), out);
    assertTrue(out.contains("  alike       /srv/b/etc/f: content is equal, but mtime differs\n"));
  }

  @Test
  void programsGetAnObjectForEachPath() {
    terminal.operations.explainReport = new ExplainReport(List.of(shared(), changed()), List.of());
    List<String> lines = terminal.type("explain", "--format", "ndjson", "/srv/a/etc/f").outLines();
    assertEquals(2, lines.size());
    var first = Json.object(lines.getFirst());
    assertEquals("shared", first.get("state"));
    assertEquals(false, first.get("recomputed"));
    assertEquals(true, Json.object(lines.get(1)).get("recomputed"));
  }

  @Test
  void pathThatCannotBeExplainedHasItsExitCode() {
    terminal.operations.explainReport = new ExplainReport(List.of(shared()), List.of(UNKNOWN));
    Outcome outcome = terminal.type("explain", "/srv/a/etc/f");
    assertEquals(ExitCode.PROBLEMS, outcome.code());
    assertTrue(
        outcome.err().startsWith("hashify: /srv/a/etc/f: not explained: it lies in no root;"));
    terminal.operations.explainReport = new ExplainReport(List.of(), List.of(UNKNOWN));
    assertEquals(ExitCode.NOT_DONE, terminal.type("explain", "/srv/a/etc/f").code());
  }
}
