package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TestVolume.Kind;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Many small batches of several threads over the same two directories: one syncs what it adopted
/// while another exchanges names.
class SideBySideTest {

  private static final int FILES = 600;

  /// The least number of files that may be open lets a batch have so many names.
  private static final int NAMES_IN_A_BATCH = 40;

  private final AtomicInteger syncs = new AtomicInteger();
  private final AtomicInteger syncing = new AtomicInteger();
  private final AtomicInteger exchanging = new AtomicInteger();
  private final AtomicBoolean exchangedWhileSyncing = new AtomicBoolean();
  private final AtomicBoolean exchangedByTwo = new AtomicBoolean();

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void batchesDoNotTakeEachOtherForStrangers(TestVolume volume) throws IOException {
    Path top = volume.directory();
    try (var _ = Tree.in(top)) {
      List<Path> roots = List.of(top.resolve("one"), top.resolve("other"));
      for (Path root : roots) {
        fill(Tree.in(root));
      }
      TreeFingerprint before = TreeFingerprint.of(roots);

      var runs = Unification.in(top.resolve("store")).over(CutRoots.withFewFiles(this::watched));
      var told = runs.real(Options.DEFAULT.withThreads(4), Unification.Root.of(roots));

      assertEquals(FILES, told.counts().shared());
      assertEquals(List.of(), told.problems());
      assertTrue(told.counts().addUp());
      TreeFingerprint after = TreeFingerprint.of(roots);
      TreeFingerprint.assertSameExceptInodes(before, after);
      assertEquals(FILES, after.inodeGroups().size());
      for (var place : List.of("journal", "tmp")) {
        try (var entries = Files.list(top.resolve("store").resolve(place))) {
          assertEquals(List.of(), entries.toList());
        }
      }
      assertEquals(volume.kind() != Kind.BTRFS, exchangedWhileSyncing.get(), "side by side");
      assertFalse(exchangedByTwo.get(), "two exchanged at a time");
      // Each batch needs one; few others are for the store, its guard and the end.
      int batches = FILES / NAMES_IN_A_BATCH;
      assertTrue(syncs.get() >= batches, "syncs: " + syncs);
      assertTrue(syncs.get() < 2 * batches, "syncs: " + syncs);
    }
  }

  private static void fill(Tree root) throws IOException {
    for (int i = 0; i < FILES; i++) {
      root.file("d/f" + i, "%020d".formatted(i)).modified("d/f" + i, 1);
    }
    root.modified("d", 123_456_789);
  }

  private long watched(SystemCall call, long a, long b, long c, long d, long e, long f) {
    SystemCalls real = new NativeSystemCalls();
    return switch (call) {
      case FSYNC -> {
        syncs.incrementAndGet();
        yield real.call(call, a, b, c, d, e, f);
      }
      case SYNCFS -> {
        syncs.incrementAndGet();
        syncing.incrementAndGet();
        LockSupport.parkNanos(10_000_000);
        long result = real.call(call, a, b, c, d, e, f);
        syncing.decrementAndGet();
        yield result;
      }
      case RENAMEAT2 -> {
        exchangedByTwo.compareAndSet(false, exchanging.incrementAndGet() > 1);
        exchangedWhileSyncing.compareAndSet(false, syncing.get() > 0);
        long result = real.call(call, a, b, c, d, e, f);
        exchanging.decrementAndGet();
        yield result;
      }
      // All others are none of this test's business.
      default -> real.call(call, a, b, c, d, e, f);
    };
  }
}
