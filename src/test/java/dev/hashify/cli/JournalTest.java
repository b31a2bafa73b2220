package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said where standard error leads to the journal.
class JournalTest {

  private final Terminal terminal = new Terminal();

  JournalTest() {
    terminal.screen = Screen.fixed(Screen.Kind.JOURNAL, 80);
  }

  @Test
  void streamIsRecognisedByDeviceAndInode(@TempDir Path directory) throws IOException {
    Path stream = Files.createFile(directory.resolve("stream"));
    var stat = Files.readAttributes(stream, "unix:dev,ino");
    String journal = stat.get("dev") + ":" + stat.get("ino");
    assertEquals(Screen.Kind.JOURNAL, Screen.kindOf(stream, journal));
    // Inherited, but this one leads elsewhere.
    assertEquals(Screen.Kind.PIPE, Screen.kindOf(stream, "8:1"));
    assertEquals(Screen.Kind.PIPE, Screen.kindOf(stream, null));
  }

  @Test
  void usageIsAnError() {
    assertEquals("<3>no command given", terminal.type().errLines().getFirst());
  }

  @Test
  void runThatCannotBeDoneIsAnError() {
    terminal.operations.script =
        _ -> {
          throw new RunException.Unusable("/srv/a: no such directory");
        };
    assertEquals("<3>/srv/a: no such directory\n", terminal.type("unify", "/srv/a").err());
  }

  @Test
  void noteAndProgressAreNoWarnings() {
    terminal.operations.script = listener -> listener.note("an older index was made anew");
    assertTrue(
        terminal.type("unify", "/srv/a").err().startsWith("<6>an older index was made anew\n"));
  }
}
