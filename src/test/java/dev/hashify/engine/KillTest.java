package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hashify.file.TreePath;
import dev.hashify.testkit.ChildCrashLoop;
import dev.hashify.testkit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Processes that are really killed: their locks, their index and their store as the next run finds
/// them.
class KillTest {

  private static final int KILLED_STATUS = 137;

  @Test
  void haltedProcessIsMendedByTheNextRun() throws Exception {
    SortedSet<List<TreePath>> expected = Nights.firstNight(GuardChoice.NONE);
    new ChildCrashLoop<>(
            () -> Nights.fresh(GuardChoice.NONE),
            KilledChild.class,
            roots -> List.of(roots.tree.root().toString(), "NONE"),
            roots -> {
              roots.killedUnseen();
              Nights.checkKilled(roots, expected);
            })
        .run(7, 6);
  }

  @ParameterizedTest
  @CsvSource({
    "renameat2, 3",
    "renameat2, 5",
    "linkat, 2",
    "linkat, 6",
    "unlinkat, 3",
    "fsync, 4",
    "syncfs, 2"
  })
  void killedProcessIsMendedByTheNextRun(String call, int when) throws Exception {
    requireStrace();
    SortedSet<List<TreePath>> expected = Nights.firstNight(GuardChoice.IMMUTABLE);
    try (ThreeRoots roots = Nights.fresh(GuardChoice.IMMUTABLE)) {
      Command.Result child = Command.attempt(killedAt(call, when, roots.tree.root()));
      assertEquals(KILLED_STATUS, child.exitCode(), child::output);
      Nights.checkKilled(roots, expected);
    }
  }

  private static List<String> killedAt(String call, int when, Path directory) {
    var command = new ArrayList<String>();
    command.addAll(List.of("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call));
    command.addAll(List.of("-e", "inject=" + call + ":signal=SIGKILL:when=" + when));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:-UsePerfData"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledChild.class.getName(), directory.toString(), "IMMUTABLE"));
    return command;
  }

  private static void requireStrace() {
    try {
      Command.attempt("strace", "-V");
    } catch (IOException missing) {
      String message = "strace is missing: " + missing.getMessage();
      if ("true".equals(System.getenv("HASHIFY_REQUIRE_FILESYSTEMS"))) {
        fail(message);
      }
      abort(message);
    }
  }
}
