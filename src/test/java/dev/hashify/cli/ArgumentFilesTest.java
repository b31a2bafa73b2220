package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFilesTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private String file(String content) throws IOException {
    Path file = directory.resolve("arguments");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    return "@" + file;
  }

  @Test
  void everyLineIsAnArgument() throws Exception {
    assertEquals(
        List.of("unify", "--store", "/a b", "/c"),
        ArgumentFiles.expand(List.of("unify", file("# roots\n--store\n/a b\n\n/c"))));
  }

  @Test
  void bytesComeThroughAsTheyAre() throws Exception {
    assertEquals(
        List.of("/\u00ff\u00c3 \r"), ArgumentFiles.expand(List.of(file("/\u00ff\u00c3 \r\n"))));
  }

  @Test
  void doubledSignStandsForOne() throws Exception {
    assertEquals(List.of("@x", "@"), ArgumentFiles.expand(List.of("@@x", "@")));
  }

  @Test
  void linesAreNotExpandedAgain() throws Exception {
    assertEquals(List.of("@x"), ArgumentFiles.expand(List.of(file("@x\n"))));
  }

  @Test
  void afterTwoHyphensNothingIsExpanded() throws Exception {
    assertEquals(List.of("--", "@x"), ArgumentFiles.expand(List.of("--", "@x")));
  }

  @Test
  void everyMissingFileIsNamed() {
    var failure =
        assertThrows(
            NothingTouchedException.class, () -> ArgumentFiles.expand(List.of("@/no/1", "@/no/2")));
    assertEquals(ExitCode.USAGE, failure.code());
    assertEquals(
        "/no/2: arguments not read: no such file or directory (ENOENT); nothing was touched",
        failure.messages().get(1));
  }

  @Test
  void endlessFileIsRefused() {
    var failure =
        assertThrows(
            NothingTouchedException.class, () -> ArgumentFiles.expand(List.of("@/dev/zero")));
    assertTrue(failure.messages().getFirst().contains("larger than 4 MiB"), failure.getMessage());
  }

  @Test
  void fileCanHoldTheWholeCommand() throws IOException {
    var terminal = new Terminal();
    terminal.type(file("unify\n--dry-run\n/srv/a\n"));
    assertEquals(1, terminal.operations.unified.size());
  }
}
