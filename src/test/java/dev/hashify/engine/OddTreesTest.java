package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Told;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.Dweller;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the owners of a tree may do to it that keeps files from being shared: left alone with the
/// reason, and no failure.
///
/// ```
/// a/d/f  b/d/f    the same
/// a/f    b/f      the same
/// ```
@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class OddTreesTest {

  private static final long NANOS = 1_700_000_000_000_000_000L;

  private final Tree tree;

  OddTreesTest(TestVolume volume) throws IOException {
    tree = volume.tree();
    for (String path : List.of("a/d/f", "b/d/f")) {
      tree.bytes(path, new byte[30_000]).modified(path, NANOS);
    }
    for (String path : List.of("a/f", "b/f")) {
      tree.file(path, "another text than the others have").modified(path, NANOS);
    }
  }

  @AfterEach
  void takeAway() throws IOException {
    Command.attempt("chattr", "-R", "-i", "-a", tree.root().toString());
    tree.close();
  }

  private Unification runs() {
    return Unification.in(tree.path("store"));
  }

  private Told run() {
    return runs().real(tree.path("a"), tree.path("b"));
  }

  private TreePath host(String path) {
    return TreePath.of(tree.path(path).toString());
  }

  /// Fails unless of the two pairs only the one at the top was shared.
  private void assertLeftAlone(Told told, String path, Refusal why) throws IOException {
    assertEquals(List.of(), told.problems());
    assertEquals(why, told.refused().get(host(path)), told.refused()::toString);
    assertNotEquals(tree.id("a/d/f"), tree.id("b/d/f"));
    assertEquals(tree.id("a/f"), tree.id("b/f"));
    for (String place : List.of("store/tmp", "store/journal")) {
      try (var left = Files.list(tree.path(place))) {
        assertEquals(List.of(), left.toList());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+i", "+a"})
  void directoryThatTakesNoExchangeIsLeftAlone(String flag) throws IOException {
    Command.run("chattr", flag, tree.path("a/d").toString(), tree.path("b/d").toString());
    for (int night = 0; night < 2; night++) {
      Told told = run();
      assertEquals(List.of(), told.problems());
      assertTrue(told.refused().containsValue(Refusal.FIXED_DIRECTORY), told.refused()::toString);
      assertNotEquals(tree.id("a/d/f"), tree.id("b/d/f"));
    }
    assertEquals(tree.id("a/f"), tree.id("b/f"));
    Command.run("chattr", "-i", "-a", tree.path("a/d").toString(), tree.path("b/d").toString());
    assertEquals(1, run().counts().shared(), "when it is no longer so");
    assertEquals(tree.id("a/d/f"), tree.id("b/d/f"));
  }

  /// Right before the first exchange.
  @Test
  void fileThatIsMadeImmutableMeanwhileIsLeftAlone() throws IOException {
    var isDone = new AtomicBoolean();
    var real = new NativeSystemCalls();
    SystemCalls calls =
        (call, a, b, c, d, e, f) -> {
          boolean isExchange = call == SystemCall.RENAMEAT2 && e == NotedExchanges.EXCHANGE;
          if (isExchange && isDone.compareAndSet(false, true)) {
            chattr("+i", tree.path("b/d/f"));
          }
          return real.call(call, a, b, c, d, e, f);
        };
    Told told = runs().over(calls).real(tree.path("a"), tree.path("b"));
    assertEquals(List.of(), told.problems());
    assertTrue(told.refused().containsValue(Refusal.CHANGED), told.refused()::toString);
    assertNotEquals(tree.id("a/d/f"), tree.id("b/d/f"));
    try (var file = tree.open("b/d/f")) {
      int flags = RealLinux.LINUX.attributes().flags(file);
      assertTrue((flags & InodeFlags.IMMUTABLE) != 0, "what somebody set stays");
    }
  }

  private static void chattr(String flag, Path file) {
    try {
      Command.run("chattr", flag, file.toString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// As file servers take it for their clients (oplocks, delegations).
  @Test
  void fileUnderAWriteLeaseIsLeftAlone() throws IOException {
    try (var _ = Dweller.leasing(tree.path("b/d/f"))) {
      assertLeftAlone(run(), "b/d/f", Refusal.OPEN_FOR_WRITING);
    }
    run();
    assertEquals(tree.id("a/d/f"), tree.id("b/d/f"));
  }

  @Test
  void sharedFileUnderAWriteLeaseIsNotBroken() throws Exception {
    run();
    try (var _ = Dweller.leasing(tree.path("b/d/f"))) {
      BreakReport left = runs().breakSharing(RunMode.REAL, tree.path("b/d/f"));
      assertEquals(List.of(), left.problems());
      assertEquals(List.of(host("b/d/f")), left.refused());
      assertEquals(tree.id("a/d/f"), tree.id("b/d/f"));
    }
  }
}
