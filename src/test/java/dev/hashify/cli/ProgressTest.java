package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import dev.hashify.engine.RunListener;
import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunEvent;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final long SECOND = 1_000_000_000L;
  private static final TreePath PATH = TreePath.of("/srv/a/usr/lib/libc.so.6");

  private final Terminal terminal = new Terminal();

  /// A run that takes `seconds` and tells its progress every hundredth of one.
  private void runFor(long seconds) {
    terminal.operations.script =
        listener -> {
          listener.stage(RunListener.Stage.COMPARING);
          for (long i = 1; i <= seconds * 100; i++) {
            terminal.nanos = i * SECOND / 100;
            listener.progress(i * 10, i << 20, PATH);
          }
        };
  }

  private Outcome onATerminal(int columns, String... more) {
    terminal.screen = new Screen(Screen.Kind.TERMINAL, columns);
    return unify(more);
  }

  private Outcome unify(String... more) {
    String[] typed = java.util.Arrays.copyOf(more, more.length + 2);
    typed[more.length] = "/srv/a";
    System.arraycopy(typed, 0, typed, 1, more.length);
    typed[0] = "unify";
    typed[more.length + 1] = "/srv/a";
    return terminal.type(typed);
  }

  @Test
  void terminalShowsOneLineAtMostTenTimesASecond() {
    runFor(2);
    String err = onATerminal(80).err();
    String[] shown = err.split("\r\u001b\\[K", -1);
    // The first is before the line, the last after it was taken away.
    assertEquals(20, shown.length - 2);
    assertEquals(
        "comparing: 2,000 files, 200.0 MiB, 1,000/s: /srv/a/usr/lib/libc.so.6",
        shown[shown.length - 2]);
    assertTrue(err.endsWith("\r\u001b[K"));
  }

  @Test
  void lineIsNeverWiderThanTheTerminal() {
    runFor(3);
    for (int columns = 20; columns < 90; columns++) {
      for (String line : onATerminal(columns).err().split("\r\u001b\\[K", -1)) {
        assertTrue(line.length() < columns, line);
      }
    }
  }

  @Test
  void longPathKeepsItsEnd() {
    runFor(1);
    assertTrue(onATerminal(64).err().contains(": ...sr/lib/libc.so.6"), terminal.errSoFar());
  }

  @Test
  void nameCannotActOnTheTerminal() {
    terminal.operations.script =
        listener -> {
          terminal.nanos = SECOND;
          listener.progress(1, 0, TreePath.of("/\u001b[2J"));
        };
    assertTrue(onATerminal(80).err().contains(": /\\x1b[2J"));
  }

  @Test
  void lineIsTakenAwayBeforeAMessage() {
    terminal.operations.script =
        listener -> {
          terminal.nanos = SECOND;
          listener.progress(1, 0, PATH);
          listener.event(
              new RunEvent.Problem(
                  new FileProblem(PATH, "not read", Errno.EIO.display(), "left as it was")));
        };
    assertTrue(onATerminal(80).err().contains("\r\u001b[Khashify: /srv/a/usr"));
  }

  @Test
  void pipeShowsNothingByItself() {
    runFor(30);
    assertEquals("", unify().err());
  }

  @Test
  void pipeShowsALineEveryTenSecondsWhenAsked() {
    runFor(30);
    Outcome outcome = unify("--progress", "always");
    assertEquals(3, outcome.errLines().size());
    assertTrue(outcome.err().startsWith("hashify: comparing: 10,000 files, "));
  }

  @Test
  void neverAndQuietMeanNoProgress() {
    runFor(3);
    assertEquals("", onATerminal(80, "--progress", "never").err());
    assertEquals("", onATerminal(80, "-q").err());
  }
}
