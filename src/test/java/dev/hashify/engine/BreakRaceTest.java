package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What somebody does to a file while it is given a private copy.
class BreakRaceTest {

  private static final String NAME = "user:comment";

  enum Sharing {
    HARD_LINKS,
    BLOCKS;

    private Options options() {
      return this == BLOCKS ? Options.REFLINK : Options.DEFAULT;
    }
  }

  private static void set(Path file) {
    try {
      Files.setAttribute(file, NAME, new byte[] {'x'});
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @ParameterizedTest
  @EnumSource(Sharing.class)
  void attributeThatIsSetAfterTheCopyIsNotLost(Sharing sharing) throws Exception {
    try (Tree tree = TestVolume.xfs().tree()) {
      String text = "x".repeat(20_000);
      for (var path : new String[] {"a/f", "b/f"}) {
        tree.file(path, text).modified(path, 1_000_000_000L);
      }
      var roots = Unification.Root.of(List.of(tree.path("a"), tree.path("b")));
      var runs = Unification.in(tree.path("store"));
      assertEquals(1, runs.real(sharing.options(), roots).counts().shared());
      var calls =
          new FaultyCalls(new NativeSystemCalls())
              .only(SystemCall.SYNCFS)
              .runBefore(1, () -> set(tree.path("a/f")));
      BreakReport report = runs.over(calls).breakSharing(RunMode.REAL, tree.path("a"));
      assertEquals(1, report.refused().size(), report::toString);
      byte[] found = (byte[]) Files.getAttribute(tree.path("a/f"), NAME);
      assertArrayEquals(new byte[] {'x'}, found);
    }
  }

  @ParameterizedTest
  @EnumSource(Sharing.class)
  void pathsThatLieInEachOtherAreBrokenOnce(Sharing sharing) throws Exception {
    try (Tree tree = TestVolume.xfs().tree()) {
      String text = "x".repeat(20_000);
      for (var path : new String[] {"a/sub/f", "b/f"}) {
        tree.file(path, text).modified(path, 1_000_000_000L);
      }
      var roots = Unification.Root.of(List.of(tree.path("a"), tree.path("b")));
      var runs = Unification.in(tree.path("store"));
      assertEquals(1, runs.real(sharing.options(), roots).counts().shared());
      Path[] given = {tree.path("a"), tree.path("a/sub")};
      assertEquals(1, runs.breakSharing(RunMode.DRY, given).broken());
      BreakReport report = runs.breakSharing(RunMode.REAL, given);
      assertEquals(List.of(), report.refused());
      assertEquals(1, report.broken());
    }
  }
}
