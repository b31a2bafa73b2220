package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.cli.Terminal.Outcome;
import dev.hashify.engine.BreakReport;
import dev.hashify.engine.BreakRequest;
import dev.hashify.engine.FreezeChoice;
import dev.hashify.engine.ProtectReport;
import dev.hashify.engine.ProtectRequest;
import dev.hashify.engine.Restraints;
import dev.hashify.engine.StatusRequest;
import dev.hashify.engine.StoreRequest;
import dev.hashify.engine.SweepReport;
import dev.hashify.engine.VerifyReport;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.report.History;
import dev.hashify.report.RunMode;
import dev.hashify.report.StatusReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// `break`, `release`, `protect`, `status`, `verify` and `gc`.
class StoreCommandsTest {

  private static final TreePath A = TreePath.of("/srv/a");
  private static final TreePath STORE = TreePath.of("/s");
  private static final FileProblem PROBLEM =
      new FileProblem(A, "not copied", "input/output error (EIO)", "left shared");

  private static final Restraints RESTRAINED =
      new Restraints(Restraints.Priority.IDLE, OptionalLong.of(50L << 20), Optional.empty());

  private final Terminal terminal = new Terminal();

  @Test
  void breakingSaysHowManyCopiesItMade() {
    Outcome outcome = terminal.type("break", "/srv/a/");
    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals("gave 1,234 paths private copies: 120.3 MiB\n", outcome.out());
    assertEquals(
        List.of(new BreakRequest(RunMode.REAL, List.of(A), List.of(), Duration.ZERO)),
        terminal.operations.broken);
  }

  @Test
  void everyOptionOfBreakingReachesTheEngine() {
    terminal.operations.breakReport =
        new BreakReport(RunMode.DRY, 1, 4096, List.of(), List.of(), false);
    Outcome outcome =
        terminal.type(
            "break",
            "-n",
            "--store",
            "/s",
            "--lock-wait",
            "5m",
            "--freeze",
            "--io-priority",
            "idle",
            "--max-read-rate",
            "50M",
            "/srv/a");
    assertEquals("would give 1 path private copies: 4.0 KiB more on disk\n", outcome.out());
    assertEquals(
        List.of(
            new BreakRequest(
                RunMode.DRY,
                List.of(A),
                List.of(STORE),
                Duration.ofMinutes(5),
                FreezeChoice.FREEZE,
                RESTRAINED)),
        terminal.operations.broken);
  }

  @Test
  void pathThatCouldNotBeBrokenIsNamed() {
    terminal.operations.breakReport =
        new BreakReport(RunMode.REAL, 0, 0, List.of(STORE), List.of(PROBLEM), false);
    Outcome outcome = terminal.type("break", "/srv/a");
    assertEquals(ExitCode.PROBLEMS, outcome.code());
    assertEquals(
        """
        hashify: /s: no private copy: in use or changed meanwhile; left shared, try again
        hashify: /srv/a: not copied: input/output error (EIO); left shared
        """,
        outcome.err());
  }

  @Test
  void interruptedBreakingSaysSo() {
    terminal.operations.breakReport =
        new BreakReport(RunMode.REAL, 1, 1, List.of(), List.of(), true);
    assertEquals(ExitCode.INTERRUPTED, terminal.type("break", "/srv/a").code());
  }

  @Test
  void releasingSaysWhatCanBeDeletedNow() {
    Outcome outcome = terminal.type("release", "--store", "/s", "/srv/a");
    assertEquals("released 1,234 paths, ready to be deleted\n", outcome.out());
    assertEquals(
        List.of(new BreakRequest(RunMode.REAL, List.of(A), List.of(STORE), Duration.ZERO)),
        terminal.operations.released);
  }

  @Test
  void verifyingWithoutAFindingIsAllGood() {
    Outcome outcome = terminal.type("verify");
    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals("checked 14,233 objects, 1.2 GiB: all good\n", outcome.out());
    assertEquals(
        List.of(new StoreRequest(List.of(), StoreRequest.Repair.NO, Duration.ZERO)),
        terminal.operations.verified);
  }

  @Test
  void verifyingCanBeRestrained() {
    terminal.type("verify", "--io-priority=idle", "--max-read-rate=50M");
    assertEquals(
        List.of(new StoreRequest(List.of(), StoreRequest.Repair.NO, Duration.ZERO, RESTRAINED)),
        terminal.operations.verified);
    assertEquals(ExitCode.USAGE, terminal.type("verify", "--time-limit=1h").code());
  }

  @Test
  void findingNamesThePathsThatShareIt() {
    terminal.operations.verifyReport =
        new VerifyReport(
            1,
            10,
            List.of(
                new VerifyReport.Finding(
                    TreePath.of("/s/objects/x"),
                    "content does not match its id",
                    List.of(A, TreePath.of("/srv/b")),
                    "taken out of use")),
            false);
    Outcome outcome = terminal.type("verify", "--repair", "--store", "/s");
    assertEquals(ExitCode.PROBLEMS, outcome.code());
    assertEquals(
        """
        /s/objects/x: content does not match its id; taken out of use
          shared by /srv/a
          shared by /srv/b
        checked 1 object, 10 B: 1 finding
        """,
        outcome.out());
    assertEquals(
        List.of(new StoreRequest(List.of(STORE), StoreRequest.Repair.YES, Duration.ZERO)),
        terminal.operations.verified);
  }

  @Test
  void protectingSaysHowManyObjectsLackedTheirGuard() {
    Outcome outcome = terminal.type("protect", "--store", "/s", "--lock-wait", "5m", "/srv/a");
    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals("store /s: guard immutable put on 12 objects\n", outcome.out());
    assertEquals(
        List.of(new ProtectRequest(List.of(A), List.of(STORE), Duration.ofMinutes(5))),
        terminal.operations.protectedOnes);
  }

  @Test
  void problemOfProtectingHasItsExitCode() {
    terminal.operations.protectReport = new ProtectReport(List.of(), List.of(PROBLEM));
    assertEquals(ExitCode.PROBLEMS, terminal.type("protect", "/srv/a").code());
  }

  @Test
  void statusIsToldStoreByStore() {
    terminal.operations.statusReport = new StatusReport(List.of(state()));
    assertEquals(
        """
        store /s (ext4): hard links, guard immutable
          14,233 objects, 1.2 GiB; index up to date with the last run
          1 object without guard (hashify protect):
            /s/objects/x
          root /srv/a: 10 files: 4 shared, 3 unique, 2 skipped, 1 refused
            1.0 MiB its own, 3.0 MiB shared; alone it would take 4.0 MiB
        """,
        terminal.type("status").out());
    assertEquals(List.of(new StatusRequest(List.of(), List.of())), terminal.operations.asked);
  }

  @Test
  void statusForProgramsIsOneObjectForEachStore() {
    terminal.operations.statusReport = new StatusReport(List.of(state()));
    Outcome outcome = terminal.type("status", "--format", "ndjson", "--store", "/s", "/srv/a");
    String expected =
        """
        {"event":"store","path":"/s","fileSystem":"ext4","share":"hard links",
        "guard":"immutable","objects":14233,"bytes":1288490189,"unguarded":1,
        "firstUnguarded":[{"path":"/s/objects/x"}],"index":"up to date with the last run",
        "roots":[{"path":"/srv/a","paths":10,"shared":4,"unique":3,"skipped":2,"refused":1,
        "ownBytes":1048576,"sharedBytes":3145728,"aloneBytes":4194304}],
        "history":[],"historyUnreadable":[]}
        """;
    assertEquals(expected.replace("\n", "") + "\n", outcome.out());
    assertEquals(List.of(new StatusRequest(List.of(A), List.of(STORE))), terminal.operations.asked);
  }

  private static StatusReport.StoreState state() {
    return new StatusReport.StoreState(
        STORE,
        "ext4",
        "hard links",
        "immutable",
        14_233,
        1_288_490_189,
        1,
        List.of(TreePath.of("/s/objects/x")),
        "up to date with the last run",
        List.of(new StatusReport.RootState(A, 10, 4, 3, 2, 1, 1 << 20, 3 << 20)),
        History.NONE);
  }

  @Test
  void sweepingSaysWhatItDropped() {
    Outcome outcome = terminal.type("gc", "--store", "/s");
    assertEquals("dropped 12 of 14,233 objects, 4.0 KiB reclaimed\n", outcome.out());
    assertEquals(
        List.of(new StoreRequest(List.of(STORE), StoreRequest.Repair.NO, Duration.ZERO)),
        terminal.operations.swept);
  }

  @Test
  void sweepingCanWait() {
    terminal.type("gc", "--lock-wait", "12h");
    assertEquals(Duration.ofHours(12), terminal.operations.swept.getFirst().lockWait());
  }

  @Test
  void problemOfSweepingHasItsExitCode() {
    terminal.operations.sweepReport = new SweepReport(1, 0, 0, List.of(PROBLEM), false);
    assertEquals(ExitCode.PROBLEMS, terminal.type("gc").code());
  }

  @Test
  void notesGoToStandardError() {
    terminal.operations.script = listener -> listener.note("/s: the index was rebuilt");
    assertEquals("hashify: /s: the index was rebuilt\n", terminal.type("gc").err());
  }
}
