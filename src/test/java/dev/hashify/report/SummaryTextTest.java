package dev.hashify.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

  @Test
  void realRunEndsWithWhatWasReclaimed() {
    assertEquals(
        """
        store /srv/.hashify: 2 roots, guard immutable
        rules: container-root
        found 20,000 files in 1,234 directories: 12,345 shared, 1,000 already shared, 1,643 \
        unique, 5,010 skipped, 2 refused, 0 problems
          skipped: 5,000 excluded by a rule; 10 empty
          refused: 2 open for writing
          already shared: 4.0 KiB of content shared by earlier runs
        read 13,000 files, 2.2 GiB, in 12.3 s
        swept 3 objects that no path used from /srv/.hashify, 2.0 KiB reclaimed
        shared 12,345 files in 2,345 groups, 1.2 GiB reclaimed\
        """,
        String.join("\n", SummaryText.lines(Runs.run(RunMode.REAL, Runs.COUNTS))));
  }

  @Test
  void dryRunHasAHeadlineThatScriptsCanFind() {
    assertTrue(
        SummaryText.lines(Runs.run(RunMode.DRY, Runs.COUNTS)).stream()
            .anyMatch(line -> line.matches("would share [0-9,]+ .*[0-9.]+ (B|KiB|MiB|GiB|TiB).*")));
  }

  @Test
  void dryRunOfNothingHasTheHeadlineToo() {
    Counts none = new Counts(0, 1, 0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertEquals(
        "would share 0 files in 0 groups, 0 B to reclaim",
        SummaryText.lines(Runs.run(RunMode.DRY, none)).getLast());
  }

  @Test
  void guardsAtHandComeLast() {
    List<String> lines =
        SummaryText.lines(
            Runs.run(RunMode.DRY, Runs.COUNTS, Runs.End.COMPLETE, List.of("--guard none: bad")));
    assertEquals(
        List.of("guards at hand:", "  --guard none: bad"),
        lines.subList(lines.size() - 2, lines.size()));
    assertEquals("store /srv/.hashify: 2 roots, no guard", lines.getFirst());
  }

  @Test
  void runWithoutAGuardSaysWhatItWouldHaveDone() {
    var report =
        Runs.run(RunMode.REAL, Runs.COUNTS, Runs.End.GUARD_MISSING, List.of("--guard none: bad"));
    assertTrue(
        SummaryText.lines(report)
            .contains("would share 12,345 files in 2,345 groups, 1.2 GiB to reclaim"));
  }

  @Test
  void eventsAreOneLineEach() {
    TreePath path = TreePath.of("/a\nb");
    assertEquals(
        "shared: /a\\nb = /k (12.3 KiB)",
        EventText.line(new RunEvent.Share(path, TreePath.of("/k"), 12_600, RunMode.REAL)));
    assertEquals(
        "would share: /a\\nb = /k",
        EventText.line(new RunEvent.Share(path, TreePath.of("/k"), 0, RunMode.DRY)));
    assertEquals(
        "skipped: /a\\nb: excluded by a rule (rule caches:7: -/a*)",
        EventText.line(
            new RunEvent.Skip(path, SkipReason.EXCLUDED, Optional.of("caches:7: -/a*"))));
    assertEquals(
        "refused: /a\\nb: changed meanwhile",
        EventText.line(new RunEvent.Refuse(path, Refusal.CHANGED)));
  }

  @Test
  void timesHaveTheUnitThatFits() {
    assertEquals("0.42 s", Figures.time(Duration.ofMillis(420)));
    assertEquals("12.3 s", Figures.time(Duration.ofMillis(12_340)));
    assertEquals("2 min 5 s", Figures.time(Duration.ofSeconds(125)));
    assertEquals("1 h 2 min", Figures.time(Duration.ofMinutes(62)));
  }
}
