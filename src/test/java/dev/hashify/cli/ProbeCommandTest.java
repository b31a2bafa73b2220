package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.report.ProbeReport;
import dev.hashify.report.ProbeReport.Answer;
import dev.hashify.report.ProbeReport.Mechanism;
import dev.hashify.report.ProbeReport.MountReport;
import dev.hashify.report.ProbeReport.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `hashify probe` from the words typed to the words shown.
class ProbeCommandTest {

  private static final TreePath SRV = TreePath.of("/srv");

  private final Terminal terminal = new Terminal();

  private static ProbeReport report(FileProblem... problems) {
    var trial = new Trial(Mechanism.LEASES, Answer.YES, "a lease was taken");
    var mount =
        new MountReport(
            SRV,
            TreePath.of("/"),
            "ext4",
            List.of(trial),
            "nothing, it asks you to choose:",
            List.of("--guard none: a choice"),
            List.of("unify", "--dry-run", "/srv"));
    return new ProbeReport(List.of(mount), List.of(problems), false);
  }

  @Test
  void tableEndsWithTheNextCommand() {
    terminal.operations.probeReport = report();
    Outcome outcome = terminal.type("probe", "/srv");
    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals(List.of(SRV), terminal.operations.probed);
    assertEquals(
        """
        / (ext4), tried in /srv:
          leases     yes      a lease was taken
          by itself a run here takes: nothing, it asks you to choose:
            --guard none: a choice
        next: hashify unify --dry-run /srv
        """,
        outcome.out());
  }

  @Test
  void directoryThatCannotBeWrittenIsAProblem() {
    terminal.operations.probeReport =
        report(new FileProblem(SRV, "nothing tried", "read-only (EROFS)", "nothing was written"));
    assertEquals(ExitCode.PROBLEMS, terminal.type("probe", "/srv").code());
  }

  @Test
  void ndjsonHasALineForEachMountAndASummary() {
    terminal.operations.probeReport = report();
    List<String> lines =
        terminal.type("probe", "--format", "ndjson", "/srv").out().lines().toList();
    assertEquals(2, lines.size());
    assertTrue(
        lines.getFirst().startsWith("{\"event\":\"mount\",\"path\":\"/\",\"directory\":\"/srv\""),
        lines::toString);
    assertEquals(
        "{\"event\":\"summary\",\"mounts\":1,\"problems\":0,\"interrupted\":false,\"exitCode\":0}",
        lines.getLast());
  }
}
