package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.engine.Unification.Told;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.Refusal;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A program that opens an object for writing while its guard is off, and waits for our lease.
///
/// ```
/// a/f  a/g     one inode: what has two names is kept
/// b/f          the same
/// ```
@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class WaitingOpenerTest {

  private static final String TEXT = "the same text in all roots";
  private static final Options IMMUTABLE = Options.DEFAULT.withGuard(GuardChoice.IMMUTABLE);

  /// `FS_IOC_SETFLAGS` (linux/fs.h).
  private static final long SET_FLAGS = 0x40086602L;

  private static final String OPEN_AND_WRITE =
      "open(F, '+<', $ARGV[0]) or die $!; syswrite(F, 'X') or die $!;";

  private final TestVolume volume;
  private final Tree tree;
  private final List<Process> openers = new ArrayList<>();

  WaitingOpenerTest(TestVolume volume) throws IOException {
    this.volume = volume;
    tree = volume.tree();
    make("a/f");
    tree.hardLink("a/f", "a/g");
    make("b/f");
  }

  private void make(String path) throws IOException {
    tree.file(path, TEXT).modified(path, 1_700_000_000_000_000_000L);
  }

  @AfterEach
  void takeAway() throws IOException {
    openers.forEach(Process::destroyForcibly);
    tree.close();
  }

  /// Lets the opener come right before flags are set for the `n`th time.
  private Told run(int n, String... roots) {
    var count = new AtomicInteger();
    var real = new NativeSystemCalls();
    SystemCalls calls =
        (call, a, b, c, d, e, f) -> {
          if (call == SystemCall.IOCTL && b == SET_FLAGS && count.incrementAndGet() == n) {
            openAndWait();
          }
          return real.call(call, a, b, c, d, e, f);
        };
    Told told =
        Unification.in(tree.path("store"))
            .over(calls)
            .real(IMMUTABLE, Root.of(Stream.of(roots).map(tree::path).toList()));
    assertTrue(openers.size() == 1, "nobody came");
    return told;
  }

  private void openAndWait() {
    try {
      String path = tree.path("a/f").toString();
      openers.add(
          new ProcessBuilder("perl", "-e", OPEN_AND_WRITE, path).redirectErrorStream(true).start());
      // Not by our own calls: this thread is in the middle of one.
      String inode = ":" + Files.getAttribute(tree.path("a/f"), "unix:ino") + " ";
      for (int i = 0; i < 5000; i++) {
        boolean isWaiting =
            Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(line -> line.contains("BREAKING") && line.contains(inode));
        if (isWaiting) {
          return;
        }
        LockSupport.parkNanos(1_000_000);
      }
      throw new AssertionError("the opener does not wait");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private int openerEnds() throws IOException {
    return Command.waitFor(openers.getFirst());
  }

  @Test
  void newObjectIsGivenUpAndTheWriteIsSeenByItsPathAlone() throws IOException {
    Told told = run(1, "a", "b");
    assertEquals(0, told.counts().shared());
    assertEquals(0, told.counts().problems(), () -> told.problems().toString());
    assertTrue(told.refused().containsValue(Refusal.OPEN_FOR_WRITING), told.refused()::toString);
    assertEquals(0, openerEnds());
    assertEquals("X" + TEXT.substring(1), tree.text("a/f"));
    assertEquals(tree.id("a/f"), tree.id("a/g"));
    assertEquals(TEXT, tree.text("b/f"));
    assertEquals(List.of(), Unification.in(tree.path("store")).objects());
  }

  @Test
  void fileThatWouldHaveJoinedStaysApart() throws IOException {
    assertEquals(
        1,
        Unification.in(tree.path("store"))
            .real(IMMUTABLE, Root.of(List.of(tree.path("a"), tree.path("b"))))
            .counts()
            .shared());
    make("c/f");
    // The first takes the guard off.
    Told told = run(2, "a", "b", "c");
    assertEquals(0, told.counts().shared());
    assertNotEquals(tree.id("a/f"), tree.id("c/f"));
    openerEnds();
    assertEquals(TEXT, tree.text("c/f"));
    assertTrue((tree.stat("a/f").attributes() & FileAttributes.IMMUTABLE) != 0);
    if (volume == TestVolume.ext4()) {
      assertEquals(TEXT, tree.text("b/f"), "a write after the guard is on again");
    }
  }
}
