package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Terminal.Outcome;
import dev.hashify.engine.RunException;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.report.RunEvent;
import dev.hashify.testkit.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private final Terminal terminal = new Terminal();

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private Outcome unifyWithReports(String... names) {
    String[] typed = new String[names.length * 2 + 2];
    typed[0] = "unify";
    typed[1] = "/srv/a";
    for (int i = 0; i < names.length; i++) {
      typed[2 * i + 2] = "--report";
      typed[2 * i + 3] = directory + "/" + names[i];
    }
    return terminal.type(typed);
  }

  @Test
  void eachReportHasTheFormOfItsName() throws IOException {
    terminal.operations.script =
        listener -> listener.event(new RunEvent.Refuse(TreePath.of("/srv/a/x"), Refusal.CHANGED));

    assertEquals(ExitCode.DONE, unifyWithReports("r.txt", "r.ndjson", "r.prom").code());

    List<String> lines = Files.readAllLines(directory.resolve("r.ndjson"));
    assertEquals("refuse", Json.object(lines.getFirst()).get("event"));
    assertEquals("summary", Json.object(lines.getLast()).get("event"));
    List<String> text = Files.readAllLines(directory.resolve("r.txt"));
    assertEquals("refused: /srv/a/x: changed meanwhile", text.getFirst());
    assertEquals("exit 0", text.getLast());
    assertTrue(Files.readAllLines(directory.resolve("r.prom")).contains("hashify_exit_code 0"));
    assertEquals(List.of("r.ndjson", "r.prom", "r.txt"), names());
  }

  @Test
  void reportStandsInItsPlaceOnlyWhenItIsComplete() throws IOException {
    Files.writeString(directory.resolve("r.txt"), "of yesterday");
    terminal.operations.script =
        _ -> {
          assertTrue(names().contains("r.txt"));
          assertEquals("of yesterday", Files.readString(directory.resolve("r.txt")));
        };
    unifyWithReports("r.txt");
    assertTrue(Files.readString(directory.resolve("r.txt")).startsWith("store "));
  }

  @Test
  void failedRunLeavesNoReport() throws IOException {
    terminal.operations.script =
        _ -> {
          throw new RunException.Unusable("no root could be used");
        };
    unifyWithReports("r.txt");
    assertEquals(List.of(), names());
  }

  @Test
  void placeThatCannotBeWrittenIsFoundOutBeforeTheRun() throws IOException {
    Files.createDirectory(directory.resolve("d.txt"));
    Outcome outcome = unifyWithReports("ok.txt", "d.txt", "missing/r.txt");
    assertEquals(ExitCode.USAGE, outcome.code());
    assertEquals(
        List.of(
            "hashify: "
                + directory
                + "/d.txt: report cannot be written: is a directory (EISDIR);"
                + " nothing was touched",
            "hashify: "
                + directory
                + "/missing/r.txt: report cannot be written: no such file or directory (ENOENT);"
                + " nothing was touched"),
        outcome.errLines());
    assertEquals(List.of(), terminal.operations.unified);
    assertEquals(List.of("d.txt"), names());
  }

  @Test
  void nameAsLongAsNamesCanBeIsNoTrouble() throws IOException {
    String name = "r".repeat(251) + ".txt";
    assertEquals(ExitCode.DONE, unifyWithReports(name).code());
    assertEquals(List.of(name), names());
  }

  @Test
  void reportThatCannotBePutInPlaceIsAProblemOfItsOwn() throws IOException {
    terminal.operations.script =
        _ -> {
          Files.createDirectories(directory.resolve("r.txt/in the way"));
        };
    Outcome outcome = unifyWithReports("r.txt");
    assertEquals(ExitCode.PROBLEMS, outcome.code());
    assertTrue(outcome.err().contains("/r.txt: report not written: "), outcome.err());
    assertTrue(outcome.err().endsWith("; the run itself came to its end\n"));
    assertEquals(List.of("r.txt"), names());
    assertFalse(outcome.out().isEmpty());
  }
}
