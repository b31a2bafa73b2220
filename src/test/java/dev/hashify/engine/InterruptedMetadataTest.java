package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Told;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.testkit.CrashError;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people do to the metadata of files and directories between the kill of a run and the next
/// run.
///
/// ```
/// a/d/f  b/d/f     the same; killed when b/d/f is exchanged and the old one not dropped
/// store/tmp/...    that old file
/// ```
@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class InterruptedMetadataTest {

  private static final String TEXT = "the same text in all roots";
  private static final long MODIFIED = 1_700_000_000_123_456_789L;
  private static final long OTHER = 1_600_000_000_000_000_001L;

  private final Tree tree;

  InterruptedMetadataTest(TestVolume volume) throws IOException {
    tree = volume.tree();
  }

  @BeforeEach
  void killARun() throws IOException {
    for (String root : List.of("a", "b")) {
      tree.file(root + "/d/f", TEXT).modified(root + "/d/f", MODIFIED);
      tree.modified(root + "/d", MODIFIED);
    }
    kill();
    assertEquals(tree.id("a/d/f"), tree.id("b/d/f"), "killed after the exchange");
    assertNotEquals(MODIFIED, tree.stat("b/d").modifiedNanos());
  }

  @AfterEach
  void takeAway() throws IOException {
    tree.close();
  }

  /// Ends a run in place of the first unlinking after an exchange.
  private void kill() {
    var hasExchanged = new AtomicBoolean();
    var isOver = new AtomicBoolean();
    var real = new NativeSystemCalls();
    SystemCalls calls =
        (call, a, b, c, d, e, f) -> {
          if (call != SystemCall.CLOSE) {
            isOver.compareAndSet(false, call == SystemCall.UNLINKAT && hasExchanged.get());
            if (isOver.get()) {
              throw new CrashError("killed");
            }
          }
          long result = real.call(call, a, b, c, d, e, f);
          if (call == SystemCall.RENAMEAT2 && e == NotedExchanges.EXCHANGE && result == 0) {
            hasExchanged.set(true);
          }
          return result;
        };
    try {
      Unification.in(tree.path("store")).over(calls).real(tree.path("a"), tree.path("b"));
    } catch (Error end) {
      assertTrue(isOver.get(), end::toString);
    }
    assertTrue(isOver.get(), "not killed");
  }

  private Told nextRun() {
    return Unification.in(tree.path("store")).real(tree.path("a"), tree.path("b"));
  }

  /// The old file, as who has it open still reaches it.
  private String displaced() throws IOException {
    try (var entries = Files.list(tree.path("store/tmp"))) {
      return "store/tmp/" + entries.toList().getFirst().getFileName();
    }
  }

  private void assertTidy() throws IOException {
    for (String place : List.of("store/tmp", "store/journal")) {
      try (var entries = Files.list(tree.path(place))) {
        assertEquals(List.of(), entries.toList());
      }
    }
  }

  @Test
  void directoryGetsItsTimeBack() throws IOException {
    assertEquals(List.of(), nextRun().problems());
    assertEquals(MODIFIED, tree.stat("b/d").modifiedNanos());
    assertEquals(tree.id("a/d/f"), tree.id("b/d/f"));
    assertTidy();
  }

  @Test
  void directoryThatSomebodyChangedKeepsItsTime() throws IOException {
    tree.file("b/d/new", "something else than the others have");
    long changed = tree.stat("b/d").modifiedNanos();
    assertEquals(List.of(), nextRun().problems());
    assertEquals(changed, tree.stat("b/d").modifiedNanos());
    assertTidy();
  }

  @Test
  void directoryWhoseTimeSomebodySetKeepsIt() throws IOException {
    tree.modified("b/d", OTHER);
    assertEquals(List.of(), nextRun().problems());
    assertEquals(OTHER, tree.stat("b/d").modifiedNanos());
  }

  /// The end of an interrupted batch moves the time as well.
  @Test
  void directoryGetsItsTimeBackFromARecoveryThatWasKilledToo() throws IOException {
    tree.mode(displaced(), 0600);
    // The exchange back comes first.
    kill();
    assertNotEquals(MODIFIED, tree.stat("b/d").modifiedNanos());
    assertEquals(List.of(), nextRun().problems());
    assertEquals(MODIFIED, tree.stat("b/d").modifiedNanos());
    assertTidy();
  }

  private void touch(String what, String path) throws IOException {
    switch (what) {
      case "mode" -> tree.mode(path, 0600);
      case "owner" -> tree.owner(path, 12, 34);
      case "time" -> tree.modified(path, OTHER);
      default -> tree.attribute(path, "user.mark", new byte[] {1});
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode", "owner", "time", "attribute"})
  void oldFileThatWasTouchedComesBack(String what) throws IOException {
    touch(what, displaced());
    long inode = tree.stat(displaced()).inode();
    Told told = nextRun();
    assertEquals(List.of(), told.problems());
    assertEquals(inode, tree.stat("b/d/f").inode());
    assertNotEquals(tree.id("a/d/f"), tree.id("b/d/f"));
    assertEquals(TEXT, tree.text("b/d/f"));
    assertEquals(MODIFIED, tree.stat("a/d/f").modifiedNanos());
    assertTidy();
  }

  /// As after a batch that came to its end: what shares an inode without a guard shares this, too.
  @ParameterizedTest
  @ValueSource(strings = {"mode", "owner"})
  void pathThatWasTouchedStaysAsItIs(String what) throws IOException {
    touch(what, "b/d/f");
    int mode = tree.stat("b/d/f").mode();
    assertEquals(List.of(), nextRun().problems());
    assertEquals(mode, tree.stat("b/d/f").mode());
    assertEquals(tree.id("a/d/f"), tree.id("b/d/f"));
    assertTidy();
  }

  /// Nobody can tell which is wanted; the message says how to end it.
  @Test
  void bothTouchedIsKeptUntilSomebodyDecides() throws IOException {
    String kept = displaced();
    tree.mode(kept, 0600);
    tree.modified("b/d/f", OTHER);
    for (int night = 0; night < 2; night++) {
      Told told = nextRun();
      assertEquals(1, told.problems().size(), () -> told.problems().toString());
      String message = told.problems().getFirst().toString();
      assertTrue(message.contains(tree.path("b/d/f").toString()), message);
      assertTrue(
          message.contains(tree.path(kept) + ": move that to the path or delete it"), message);
      assertTrue(tree.exists(kept));
    }
    Path path = tree.path("b/d/f");
    Files.move(tree.path(kept), path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertEquals(List.of(), nextRun().problems());
    assertEquals(0600, tree.stat("b/d/f").mode() & 0777);
    assertTidy();
  }
}
