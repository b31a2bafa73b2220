package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import dev.hashify.file.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The copy of the shipped list that an administrator of an installed program edits.
class DefaultRulesTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private final Terminal terminal = new Terminal();

  @BeforeEach
  void installed() {
    terminal.defaultRules = new DefaultRules(Optional.of(TreePath.of(directory.toString())));
  }

  private Path copy(String text) throws IOException {
    return Files.writeString(directory.resolve("container-root"), text);
  }

  @Test
  void whatIsEditedHoldsAndIsToldByItsPath() throws IOException {
    Path copy = copy("# mine\n/opt/secret\n");
    assertEquals(
        copy
            + ":2:-/opt/secret\texcluded\t/opt/secret\n"
            + "::\tincluded by default\t/etc/passwd\n",
        terminal.type("rules", "/opt/secret", "/etc/passwd").out());
  }

  @Test
  void whereTheCopyIsMissingTheShippedListHolds() {
    Outcome outcome = terminal.type("rules", "/etc/passwd");
    assertTrue(outcome.out().startsWith("container-root:"), outcome.out());
  }

  @Test
  void withoutDefaultRulesTheCopyIsNotAsked() throws IOException {
    copy("/opt/secret\n");
    Outcome outcome = terminal.type("rules", "--no-default-rules", "/opt/secret");
    assertEquals("::\tincluded by default\t/opt/secret\n", outcome.out());
  }

  @Test
  void copyWithoutARuleIsNotTakenForAPermission() throws IOException {
    Path copy = copy("");
    Outcome outcome = terminal.type("unify", "--guard", "none", "/srv/a");
    assertEquals(ExitCode.USAGE, outcome.code());
    assertEquals(
        "hashify: "
            + copy
            + ": holds no rule; to run without it give --no-default-rules, to have the shipped list"
            + " again remove the file; nothing was touched\n",
        outcome.err());
    assertEquals(List.of(), terminal.operations.unified);
  }

  @Test
  void mistakeInTheCopyEndsTheRun() throws IOException {
    Path copy = copy("/a\n/b\0\n");
    Outcome outcome = terminal.type("unify", "--guard", "none", "/srv/a");
    assertEquals(ExitCode.USAGE, outcome.code());
    assertTrue(outcome.err().startsWith("hashify: " + copy + ":2: "), outcome.err());
  }

  @Test
  void copyThatCannotBeReadEndsTheRun() throws IOException {
    Files.createDirectory(directory.resolve("container-root"));
    Outcome outcome = terminal.type("unify", "--guard", "none", "/srv/a");
    assertEquals(ExitCode.USAGE, outcome.code());
    assertTrue(outcome.err().contains("/container-root: rule list not read: "), outcome.err());
  }
}
