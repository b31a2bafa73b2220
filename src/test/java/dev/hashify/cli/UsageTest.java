package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wrong usage, and asking for help.
class UsageTest {

  private final Terminal terminal = new Terminal();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          unify                       | no ROOT given; name directories, or the one they are in \
          with --roots-in
          unify --foo /a              | unknown option: '--foo'; perhaps --format
          unify -q -v /a              | --quiet and --verbose contradict each other; give one of \
          them
          unify --guard x /a          | invalid value for option '--guard': 'x' is none of auto, \
          overlay, verity, immutable, none
          unify --guard IMMUTABLE /a  | invalid value for option '--guard': 'IMMUTABLE' is none \
          of auto, overlay, verity, immutable, none
          unify --share reflinks /a   | invalid value for option '--share': 'reflinks' is none of \
          auto, hardlink, reflink
          unify --share reflink --guard none /a | --share reflink needs no --guard: the file \
          system keeps a write to one file from the others; leave out one of the two
          unify --engine lxd          | invalid value for option '--engine' (NAME[=DIR]): 'lxd' \
          is none of podman, docker, containerd, lxc, incus, nspawn, vserver
          unify --engine podman= /a   | invalid value for option '--engine' (NAME[=DIR]): \
          'podman=' is not of the form NAME or NAME=DIR
          unify --min-size 3x /a      | invalid value for option '--min-size': '3x' is not a size \
          such as 4096, 4k, 4KiB, 1M
          unify --lock-wait 30 /a     | invalid value for option '--lock-wait': '30' is not a \
          duration such as 30s, 5m, 1h, 0
          unify --max-read-rate 0 /a  | invalid value for option '--max-read-rate': at a rate of 0 \
          nothing is ever read
          unify --threads many /a     | invalid value for option '--threads': 'many' is not a \
          number, or too large
          unify --threads 0 /a        | --threads must be at least 1
          unify --store --no-gc /a    | expected parameter for option '--store' but found '--no-gc'
          unify --report r.pdf /a     | --report r.pdf: the name must end with .txt, .ndjson, \
          .html or .prom, which says the form
          unify --rules-for /b=/l /a  | --rules-for: /b is not among the roots; name it as you \
          name the root
          unify --rules-for /a /a     | --rules-for: '/a' is not of the form ROOT=FILE
          rules                       | missing required parameter: 'PATH'
          rules --root /a /b          | /b is not below /a as typed
          rules /a/../b               | /a/../b: '..' leads elsewhere than rules can tell
          break                       | missing required parameter: 'PATH'
          release                     | missing required parameter: 'ROOT'
          """)
  void wrongUsageIsToldInOneLine(String typed, String message) {
    String[] arguments = typed.split(" ", -1);
    Outcome outcome = terminal.type(arguments);

    assertEquals(ExitCode.USAGE, outcome.code());
    assertEquals("", outcome.out());
    assertEquals(
        "hashify: " + message,
        outcome.errLines().getFirst().replaceFirst("; perhaps --(?!format).*", ""));
    assertEquals("Try 'hashify " + arguments[0] + " --help'", outcome.errLines().getLast());
    assertEquals(List.of(), terminal.operations.unified);
  }

  @Test
  void commandIsNeeded() {
    Outcome outcome = terminal.type();
    assertEquals(ExitCode.USAGE, outcome.code());
    assertEquals("hashify: no command given\nTry 'hashify --help'\n", outcome.err());
  }

  @Test
  void misspeltCommandIsGuessed() {
    Outcome outcome = terminal.type("unfy", "/a");
    assertEquals(ExitCode.USAGE, outcome.code());
    assertTrue(outcome.err().contains("perhaps unify"));
  }

  @Test
  void nameInAMessageIsShownWithoutHarm() {
    Outcome outcome = terminal.type("unify", "--\u001b[2Jé", "/a");
    assertTrue(outcome.err().contains("'--\\x1b[2Jé'"), outcome.err());
  }

  @Test
  void helpGoesToStandardOutput() {
    Outcome outcome = terminal.type("unify", "--help");
    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals("", outcome.err());
    assertTrue(outcome.out().startsWith("Usage: hashify unify [OPTIONS] ROOT..."), outcome.out());
  }

  @Test
  void helpOfACommandCanBeAskedForByHelp() {
    assertEquals(terminal.type("gc", "--help"), terminal.type("help", "gc"));
  }

  @Test
  void rootsInADirectoryThatIsMissingTouchesNothing(@TempDir Path directory) {
    Outcome outcome = terminal.type("unify", "--roots-in", directory + "/missing", "/a");
    assertEquals(ExitCode.NOT_DONE, outcome.code());
    assertTrue(
        outcome
            .err()
            .endsWith(
                "/missing: roots not listed: no such file or directory (ENOENT);"
                    + " nothing was touched\n"));
    assertEquals(List.of(), terminal.operations.unified);
  }

  @Test
  void directoryWithoutRootsIsNoRun(@TempDir Path directory) {
    Outcome outcome = terminal.type("unify", "--roots-in", directory.toString());
    assertEquals(ExitCode.NOT_DONE, outcome.code());
    assertTrue(outcome.err().endsWith(": no directory in it; there is no root to work on\n"));
  }
}
