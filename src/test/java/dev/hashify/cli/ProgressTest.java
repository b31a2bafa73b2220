package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import dev.hashify.engine.RunListener;
import dev.hashify.engine.StageProgress;
import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final long SECOND = 1_000_000_000L;
  private static final TreePath PATH = TreePath.of("/srv/a/usr/lib/libc.so.6");
  private static final long FILES = 100_000;
  private static final long BYTES = FILES << 16;

  private final Terminal terminal = new Terminal();

  /// A run that takes `seconds` and tells its progress every hundredth of one.
  private void runFor(long seconds) {
    terminal.operations.script =
        listener -> {
          listener.stage(RunListener.Stage.COMPARING);
          long start = terminal.nanos;
          for (long i = 1; i <= seconds * 100; i++) {
            listener.progress(new StageProgress(i * 10, FILES, i * 655_360, BYTES, PATH));
            terminal.passTo(start + i * SECOND / 100);
          }
        };
  }

  private void tellOnce(StageProgress progress) {
    terminal.operations.script =
        listener -> {
          listener.progress(progress);
          terminal.passTo(terminal.nanos + SECOND);
        };
  }

  private static StageProgress at(TreePath path) {
    return new StageProgress(1, 0, 0, 0, path);
  }

  private Outcome onATerminal(int columns, String... more) {
    terminal.screen = Screen.fixed(Screen.Kind.TERMINAL, columns);
    return unify(more);
  }

  private Outcome unify(String... more) {
    List<String> typed = new ArrayList<>(List.of("unify"));
    typed.addAll(Arrays.asList(more));
    typed.add("/srv/a");
    return terminal.type(typed.toArray(String[]::new));
  }

  private static List<String> drawn(Outcome outcome) {
    return Arrays.asList(outcome.err().split("\r\u001b\\[K", -1));
  }

  @Test
  void terminalShowsOneLineAtMostTenTimesASecond() {
    runFor(20);
    Outcome outcome = onATerminal(120);
    List<String> shown = drawn(outcome);
    // The first is before the line, the last after it was taken away.
    assertTrue(shown.size() - 2 <= 200, shown.size() + " lines");
    assertEquals(
        "comparing 20%: 20,000 of 100,000 files, 1.2 GiB of 6.1 GiB, 62.5 MiB/s, 1 min 20 s left"
            + ": /srv/a/usr/lib/libc.so.6",
        shown.get(shown.size() - 2));
    assertTrue(outcome.err().endsWith("\r\u001b[K"));
  }

  @Test
  void lineIsNeverWiderThanTheTerminal() {
    runFor(10);
    for (int columns = 20; columns < 140; columns++) {
      for (String line : drawn(onATerminal(columns))) {
        assertTrue(line.length() < columns, line);
      }
    }
  }

  @Test
  void twentyColumnsAreEnoughForStagePartAndTime() {
    runFor(20);
    List<String> shown = drawn(onATerminal(20));
    assertEquals("comparing 20%", shown.get(shown.size() - 2));
    runFor(50);
    shown = drawn(onATerminal(20));
    assertEquals("comparing 50% 50 s", shown.get(shown.size() - 2));
  }

  @Test
  void lineFollowsTheWidthOfTheWindow() {
    int[] columns = {80};
    terminal.operations.script =
        listener -> {
          listener.progress(at(PATH));
          terminal.passTo(SECOND);
          columns[0] = 24;
          terminal.passTo(2 * SECOND);
        };
    terminal.screen = new Screen(Screen.Kind.TERMINAL, () -> columns[0]);
    List<String> shown = drawn(unify());
    assertTrue(shown.get(1).endsWith("libc.so.6"), shown.get(1));
    assertTrue(shown.getLast().isEmpty());
    assertTrue(shown.get(shown.size() - 2).length() < 24);
  }

  @Test
  void longPathKeepsItsEnd() {
    tellOnce(at(TreePath.of("/srv/roots/with-a-very-long-name/usr/lib/x86_64/libc.so.6")));
    String err = onATerminal(64).err();
    assertTrue(
        err.contains("walking: 1 path: ...h-a-very-long-name/usr/lib/x86_64/libc.so.6"), err);
  }

  @Test
  void nameCannotActOnTheTerminal() {
    tellOnce(at(TreePath.of("/\u001b[2J")));
    assertTrue(onATerminal(80).err().contains(": /\\x1b[2J"));
  }

  @Test
  void lineIsTakenAwayBeforeAMessage() {
    terminal.operations.script =
        listener -> {
          listener.progress(at(PATH));
          terminal.passTo(SECOND);
          listener.event(
              new RunEvent.Problem(
                  new FileProblem(PATH, "not read", Errno.EIO.display(), "left as it was")));
        };
    assertTrue(onATerminal(80).err().contains("\r\u001b[Khashify: /srv/a/usr"));
  }

  @Test
  void lineIsTakenAwayBeforeTheResults() {
    runFor(1);
    assertTrue(onATerminal(80).err().endsWith("\r\u001b[K"));
    assertFalse(terminal.pulse.isBeating);
  }

  @Test
  void pipeShowsALineEveryHalfMinute() {
    runFor(95);
    Outcome outcome = unify();
    assertEquals(3, outcome.errLines().size());
    assertEquals(
        "hashify: comparing 30%: 30,000 of 100,000 files, 1.8 GiB of 6.1 GiB, 62.5 MiB/s,"
            + " 1 min 10 s left: /srv/a/usr/lib/libc.so.6",
        outcome.errLines().getFirst());
  }

  @Test
  void shortRunInAPipeShowsNothing() {
    runFor(29);
    assertEquals("", unify().err());
  }

  @Test
  void neverAndQuietMeanNoProgress() {
    runFor(40);
    assertEquals("", onATerminal(80, "--progress", "never").err());
    assertEquals("", onATerminal(80, "-q").err());
    assertEquals("", unify("-q").err());
  }

  @Test
  void otherLongCommandsShowTheirProgressToo() {
    for (String command : List.of("break", "release")) {
      runFor(31);
      assertEquals(1, terminal.type(command, "/srv/a").errLines().size(), command);
      runFor(31);
      assertEquals("", terminal.type(command, "--progress", "never", "/srv/a").err(), command);
    }
    for (String command : List.of("verify", "gc")) {
      runFor(31);
      assertEquals(1, terminal.type(command).errLines().size(), command);
      runFor(31);
      assertEquals("", terminal.type(command, "--progress=never").err(), command);
    }
  }

  @Test
  void whoAsksIsAnsweredAtOnceInEveryMode() {
    for (String[] mode : new String[][] {{}, {"-q"}, {"--progress", "never"}}) {
      terminal.nanos = 0;
      terminal.operations.script =
          listener -> {
            terminal.pulse.asked.run();
            listener.stage(RunListener.Stage.COMPARING);
            terminal.passTo(2 * SECOND);
            listener.progress(new StageProgress(500, 1_000, 0, 0, PATH));
            terminal.pulse.asked.run();
          };
      assertEquals(
          """
          hashify: running for 0.00 s: nothing begun yet
          hashify: running for 2.00 s: comparing 50%: 500 of 1,000 files: \
          /srv/a/usr/lib/libc.so.6
          """,
          unify(mode).err().replaceFirst(", [0-9]+/s", ""));
    }
  }
}
