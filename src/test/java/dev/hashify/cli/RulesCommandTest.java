package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private final Terminal terminal = new Terminal();

  @Test
  void shippedListDecidesByDefault() {
    Outcome outcome = terminal.type("rules", "/usr/bin/env", "/usr/lib/app/app.pid");
    assertEquals(ExitCode.DONE, outcome.code());
    assertEquals("::\tincluded by default\t/usr/bin/env", outcome.outLines().getFirst());
    assertTrue(
        outcome
            .outLines()
            .getLast()
            .matches("container-root:[0-9]+:-\\*\\.pid\texcluded\t/usr/lib/app/app\\.pid"),
        outcome.out());
  }

  @Test
  void inheritedVerdictNamesTheAncestor() {
    Outcome outcome =
        terminal.type(
            "rules",
            "--no-default-rules",
            "--exclude",
            "/etc",
            "--exclude=~/tmp",
            "/etc/a/b",
            "tmp/x",
            "/etc");
    assertEquals(
        """
        --exclude:1:-/etc\texcluded with /etc\t/etc/a/b
        --exclude:2:~/tmp\tskipped with /tmp\ttmp/x
        --exclude:1:-/etc\texcluded\t/etc
        """,
        outcome.out());
  }

  @Test
  void pathOfTheHostIsTakenBelowItsRoot() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), "/etc/*\n");
    Outcome outcome =
        terminal.type(
            "rules",
            "--no-default-rules",
            "--root",
            "/srv/a/",
            "--rules-for",
            "/srv/a=" + list,
            "/srv/a/etc//./motd",
            "/srv/a");
    assertEquals(
        list + ":1:-/etc/*\texcluded\t/srv/a/etc/./motd\n::\tincluded by default\t/srv/a\n",
        outcome.out());
  }

  @Test
  void allProblemsOfAllListsAreToldAtOnce() throws IOException {
    Path bad = Files.writeString(directory.resolve("bad"), "/a\0\n/ok\n/b\0\n");
    Outcome outcome =
        terminal.type("unify", "--exclude-from", bad.toString(), "--exclude-from", "/no", "/r");
    assertEquals(ExitCode.USAGE, outcome.code());
    assertEquals(
        List.of(
            "hashify: " + bad + ":1: a rule cannot contain a NUL byte; nothing was touched",
            "hashify: " + bad + ":3: a rule cannot contain a NUL byte; nothing was touched",
            "hashify: /no: rule list not read: no such file or directory (ENOENT);"
                + " nothing was touched"),
        outcome.errLines());
    assertEquals(List.of(), terminal.operations.unified);
  }

  @Test
  void ruleThatCanNeverMatchIsAWarning() throws IOException {
    Path odd = Files.writeString(directory.resolve("odd"), "etc/passwd\n");
    Outcome outcome = terminal.type("unify", "--exclude-from", odd.toString(), "/r");
    assertEquals(ExitCode.DONE, outcome.code());
    assertTrue(outcome.err().startsWith("hashify: " + odd + ":1: \"-etc/passwd\": "));
  }

  @Test
  void directoryIsNoList() {
    Outcome outcome = terminal.type("unify", "--exclude-from", directory.toString(), "/r");
    assertEquals(ExitCode.USAGE, outcome.code());
    assertEquals(
        "hashify: " + directory + ": rule list not read: is a directory; nothing was touched\n",
        outcome.err());
  }

  @Test
  void listOfAnyNameCanBeRead() throws IOException {
    byte[] name = ArgumentText.bytes(directory + "/\u00ff\u00e9\n");
    Files.writeString(HostPaths.of(dev.hashify.file.TreePath.of(name)), "/x\n");
    Outcome outcome =
        terminal.type(
            List.of(
                ArgumentText.bytes("rules"),
                ArgumentText.bytes("--exclude-from"),
                name,
                ArgumentText.bytes("/x")));
    assertEquals(directory + "/\\xff\\xe9\\n:1:-/x\texcluded\t/x\n", outcome.out());
  }
}
