package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.engine.Unification.Root;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TestVolume.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The space that a run says it reclaimed, as the file system itself counts it.
class ReflinkSpaceTest {

  private static final int FILES = 24;
  private static final int FILE_BYTES = 2 << 20;
  private static final double TOLERANCE = 0.02;

  /// Btrfs frees blocks some transactions after the last file has let go of them.
  private static final int SYNCS_MAX = 20;

  @ParameterizedTest
  @EnumSource(names = {"XFS", "BTRFS"})
  void reportedFigureIsWhatTheFileSystemGains(Kind kind) throws IOException {
    try (var volume = TestVolume.own(kind, 512);
        var tree = volume.tree()) {
      var random = new Random(7);
      for (int i = 0; i < FILES; i++) {
        byte[] content = new byte[FILE_BYTES + i * 1000];
        random.nextBytes(content);
        tree.bytes("a/" + i, content).bytes("b/" + i, content);
      }
      String top = volume.root().toString();
      Command.run("sync", "-f", top);
      long before = usedBytes(top);

      var told =
          Unification.in(tree.path("store"))
              .real(Options.REFLINK, Root.of(List.of(tree.path("a"), tree.path("b"))));

      assertEquals(FILES, told.counts().shared());
      long reported = told.counts().reclaimedBytes();
      double tolerated = reported * TOLERANCE;
      long gained = 0;
      for (int i = 0; i < SYNCS_MAX && Math.abs(gained - reported) > tolerated; i++) {
        LockSupport.parkNanos(i * 50_000_000L);
        Command.run("sync", "-f", top);
        gained = before - usedBytes(top);
      }
      assertEquals((double) reported, (double) gained, tolerated);
    }
  }

  private static long usedBytes(String top) throws IOException {
    String output = Command.run("df", "-B1", "--output=used", top);
    return Long.parseLong(output.lines().skip(1).findFirst().orElseThrow().strip());
  }
}
