package dev.hashify.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import dev.hashify.engine.RunException;
import dev.hashify.engine.RunListener;
import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunEvent;
import dev.hashify.report.RunMode;
import dev.hashify.report.Runs;
import dev.hashify.testkit.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a user sees of `hashify unify`.
class UnifySessionTest {

  private static final List<String> GUARDS =
      List.of(
          "--guard immutable: a write fails with EPERM; 1.2 GiB",
          "--guard none: a write is a write to all; 1.2 GiB");

  private final Terminal terminal = new Terminal();

  private static void playAll(RunListener listener) {
    TreePath path = TreePath.of("/srv/a/x");
    listener.note("store /srv/.hashify");
    listener.event(new RunEvent.Share(path, TreePath.of("/srv/b/x"), 12_600, RunMode.REAL));
    listener.event(new RunEvent.Refuse(path, Refusal.OPEN_FOR_WRITING));
    listener.event(
        new RunEvent.Skip(path, SkipReason.EXCLUDED, Optional.of("container-root:9: -/x")));
    listener.event(
        new RunEvent.Problem(
            new FileProblem(path, "not read", "permission denied (EACCES)", "left as it was")));
  }

  @Test
  void runSaysWhatItDid() {
    terminal.operations.script = UnifySessionTest::playAll;

    Outcome outcome = terminal.type("unify", "--guard", "immutable", "/srv/a", "/srv/b");

    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals(
        """
        hashify: store /srv/.hashify
        hashify: /srv/a/x: not read: permission denied (EACCES); left as it was
        """,
        outcome.err());
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
        shared 12,345 files in 2,345 groups, 1.2 GiB reclaimed
        """,
        outcome.out());
  }

  @Test
  void verboseRunTellsEachDecision() {
    terminal.operations.script = UnifySessionTest::playAll;

    Outcome outcome = terminal.type("unify", "-v", "/srv/a");

    assertEquals(
        List.of(
            "shared: /srv/a/x = /srv/b/x (12.3 KiB)",
            "refused: /srv/a/x: open for writing",
            "skipped: /srv/a/x: excluded by a rule (rule container-root:9: -/x)"),
        outcome.outLines().subList(0, 3));
  }

  @Test
  void quietRunTellsProblemsOnly() {
    terminal.operations.script = UnifySessionTest::playAll;

    Outcome outcome = terminal.type("unify", "-q", "/srv/a");

    assertEquals("", outcome.out());
    assertEquals(
        "hashify: /srv/a/x: not read: permission denied (EACCES); left as it was\n", outcome.err());
  }

  @Test
  void dryRunEndsWithTheCommandToType() {
    terminal.operations.runReport = Runs.run(RunMode.DRY, Runs.COUNTS, Runs.End.COMPLETE, GUARDS);

    Outcome outcome = terminal.type("unify", "-n", "/srv/a", "/srv/b c");

    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals(
        List.of(
            "would share 12,345 files in 2,345 groups, 1.2 GiB to reclaim",
            "guards at hand:",
            "  --guard immutable: a write fails with EPERM; 1.2 GiB",
            "  --guard none: a write is a write to all; 1.2 GiB",
            "next: hashify unify --guard immutable /srv/a '/srv/b c'"),
        outcome.outLines().subList(outcome.outLines().size() - 5, outcome.outLines().size()));
  }

  @Test
  void runWithoutAGuardCouldNotBeDone() {
    terminal.operations.runReport =
        Runs.run(RunMode.REAL, Runs.COUNTS, Runs.End.GUARD_MISSING, GUARDS);

    Outcome outcome = terminal.type("unify", "/srv/a");

    assertEquals(ExitCode.NOT_DONE, outcome.code());
    assertEquals(
        "hashify: nothing was shared: no guard was chosen and none can be taken without asking;"
            + " choose one of the guards in the summary\n",
        outcome.err());
    assertTrue(outcome.out().endsWith("next: hashify unify --guard immutable /srv/a\n"));
  }

  @Test
  void guardsAreListedWhereTheSummaryIsNotSeen() {
    terminal.operations.runReport =
        Runs.run(RunMode.REAL, Runs.COUNTS, Runs.End.GUARD_MISSING, GUARDS);

    Outcome outcome = terminal.type("unify", "-q", "/srv/a");

    assertEquals(ExitCode.NOT_DONE, outcome.code());
    assertEquals("", outcome.out());
    assertEquals(
        """
        hashify: nothing was shared: no guard was chosen and none can be taken without asking; \
        choose one:
          --guard immutable: a write fails with EPERM; 1.2 GiB
          --guard none: a write is a write to all; 1.2 GiB
        """,
        outcome.err());
  }

  @Test
  void problemsGiveTheirOwnExitCode() {
    terminal.operations.runReport = Runs.run(RunMode.REAL, Runs.withProblems());
    assertEquals(ExitCode.PROBLEMS, terminal.type("unify", "/srv/a").code());
  }

  @Test
  void ndjsonIsOneObjectALineAndEndsWithTheSummary() {
    terminal.operations.script = UnifySessionTest::playAll;
    terminal.operations.runReport = Runs.run(RunMode.REAL, Runs.withProblems());

    Outcome outcome = terminal.type("unify", "--format", "ndjson", "/srv/a");

    assertEquals(
        List.of("share", "refuse", "skip", "problem", "summary"),
        outcome.outLines().stream().map(line -> Json.object(line).get("event")).toList());
    assertTrue(outcome.out().contains("\"event\":\"summary\""));
    assertEquals("3", String.valueOf(Json.object(outcome.outLines().getLast()).get("exitCode")));
  }

  @Test
  void pathsAreAskedForOnlyWhenTheyAreTold() {
    List<Boolean> wanted = new java.util.ArrayList<>();
    terminal.operations.script = listener -> wanted.add(listener.wantsEveryPath());

    terminal.type("unify", "/srv/a");
    terminal.type("unify", "-v", "/srv/a");
    terminal.type("unify", "--format", "ndjson", "/srv/a");
    terminal.type("unify", "--format", "ndjson", "-q", "/srv/a");

    assertEquals(List.of(false, true, true, false), wanted);
  }

  @Test
  void figuresThatDoNotAddUpAreABug() {
    terminal.operations.runReport = Runs.run(RunMode.REAL, Runs.NOT_ADDING_UP);

    Outcome outcome = terminal.type("unify", "/srv/a");

    assertEquals(ExitCode.BUG, outcome.code());
    assertTrue(
        outcome
            .err()
            .startsWith(
                "hashify: bug: 10 found, but 7 shared + 0 already shared + 0 unique + 2 skipped"));
  }

  @Test
  void unexpectedFailureIsABugWithItsStack() {
    terminal.operations.script =
        _ -> {
          throw new IllegalStateException("queue closed twice");
        };

    Outcome outcome = terminal.type("unify", "/srv/a");

    assertEquals(ExitCode.BUG, outcome.code());
    assertTrue(
        outcome.err().startsWith("hashify: bug: java.lang.IllegalStateException: queue closed"));
    assertTrue(outcome.err().contains("\tat dev.hashify.cli."));
    assertTrue(outcome.errLines().getLast().startsWith("hashify: report this"));
  }

  @Test
  void eachFailureOfARunHasItsExitCode() {
    terminal.operations.script =
        _ -> {
          throw new RunException.Unusable("no root could be used");
        };
    Outcome unusable = terminal.type("unify", "/srv/a");
    assertEquals(ExitCode.NOT_DONE, unusable.code());
    assertEquals("hashify: no root could be used\n", unusable.err());

    terminal.operations.script =
        _ -> {
          throw new RunException.StoreUnusable("format 9 is newer", new IOException());
        };
    assertEquals(ExitCode.STORE_UNUSABLE, terminal.type("unify", "/srv/a").code());

    terminal.operations.script =
        _ -> {
          throw new RunException.StoreInUse("in use by process 4121");
        };
    assertEquals(ExitCode.STORE_IN_USE, terminal.type("unify", "/srv/a").code());
  }

  @Test
  void interruptedRunTellsItsSummaryAndTheSignal() {
    terminal.operations.script = _ -> terminal.interruption.signalled(StopSignal.TERM);
    terminal.operations.runReport =
        Runs.run(RunMode.REAL, Runs.COUNTS, Runs.End.INTERRUPTED, List.of());

    Outcome outcome = terminal.type("unify", "/srv/a");

    assertEquals(143, outcome.code().number());
    assertTrue(outcome.outLines().getLast().endsWith("; interrupted, the rest is as it was"));
  }

  @Test
  void interruptedRunWithoutAKnownSignalIs130() {
    terminal.operations.runReport =
        Runs.run(RunMode.REAL, Runs.COUNTS, Runs.End.INTERRUPTED, List.of());
    assertEquals(130, terminal.type("unify", "/srv/a").code().number());
  }

  @Test
  void signalAfterTheLastStepChangesNothing() {
    terminal.operations.script = _ -> terminal.interruption.signalled(StopSignal.INT);
    assertEquals(ExitCode.DONE, terminal.type("unify", "/srv/a").code());
  }

  @Test
  void secondSignalEndsTheProgramAtOnce() {
    terminal.operations.script =
        _ -> {
          terminal.interruption.signalled(StopSignal.TERM);
          terminal.interruption.signalled(StopSignal.INT);
        };
    terminal.type("unify", "/srv/a");
    assertEquals(List.of(130), terminal.halts);
  }

  @Test
  void machineThatIsNotSupportedIsNoBug() {
    var out = new java.io.StringWriter();
    var err = new java.io.StringWriter();
    Surroundings usual = terminal.surroundings(out, err);
    var elsewhere =
        new Surroundings(
            usual.out(),
            usual.err(),
            usual.screen(),
            _ -> {
              throw new UnsupportedOperationException("this machine is not supported");
            },
            usual.nanoTime(),
            usual.defaultRules(),
            usual.pulse(),
            usual.interruption());
    byte[][] typed = {"unify".getBytes(UTF_8), "/srv/a".getBytes(UTF_8)};
    assertEquals(ExitCode.NOT_DONE, new Session(elsewhere).run(List.of(typed)));
    assertEquals("hashify: this machine is not supported\n", err.toString());
  }
}
