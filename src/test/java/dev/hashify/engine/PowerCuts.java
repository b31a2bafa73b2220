package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.CutVolume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Takes the power from a run at many instants of it.
///
/// Where is drawn from a seed: mostly after calls that change something, often shortly after one
/// that syncs, sometimes anywhere. What a file system has written by itself at such an instant
/// depends on who else uses it, so before most cuts somebody else syncs everything, or one file or
/// directory; without that little but the run's own syncs would ever be on the disk. Some cuts come
/// by the clock, in the middle of calls.
final class PowerCuts {

  private static final Set<SystemCall> SYNCS = EnumSet.of(SystemCall.FSYNC, SystemCall.SYNCFS);

  private static final Set<SystemCall> CHANGES =
      EnumSet.of(
          SystemCall.FSYNC,
          SystemCall.SYNCFS,
          SystemCall.LINKAT,
          SystemCall.RENAMEAT2,
          SystemCall.UNLINKAT,
          SystemCall.UTIMENSAT,
          SystemCall.PWRITE64,
          SystemCall.IOCTL);

  /// How many changing calls after a sync a cut may be that is to be shortly after it.
  private static final int SHORTLY_AFTER = 4;

  /// One cut in so many may be chosen at a call that the run does not come to: how often its
  /// threads ask each other, and with it the number of calls, differs from run to run. Such a cut
  /// comes when the run has ended, and must lose nothing either.
  private static final int LATE_SHARE = 5;

  private final CutVolume volume;
  private final Path base;
  private final ThreeRoots roots;
  private final long seed;
  private final Random random;
  private final Neighbour[] neighbours;

  /// Who else uses the file system.
  enum Others {
    SYNC_ANYTHING,

    /// For what is to stay in memory.
    SYNC_SINGLE_FILES
  }

  /// @param base an image that was unmounted in good order, with `roots` on it
  PowerCuts(CutVolume volume, Path base, ThreeRoots roots, Others others, long seed) {
    this.volume = volume;
    this.base = base;
    this.roots = roots;
    this.seed = seed;
    random = new Random(seed);
    Neighbour[] all = Neighbour.values();
    neighbours =
        switch (others) {
          case SYNC_ANYTHING -> all;
          case SYNC_SINGLE_FILES -> Arrays.copyOf(all, all.length - 1);
        };
  }

  /// What goes on when the power goes.
  @FunctionalInterface
  interface Run {
    void over(ThreeRoots roots, SystemCalls calls) throws Exception;
  }

  /// What must hold on a mounted image.
  @FunctionalInterface
  interface Check {
    void of(ThreeRoots roots) throws Exception;
  }

  /// What a power cut left.
  ///
  /// @param where in the run it came
  record Cut(String where, Path image) {}

  /// What somebody else does right before the power goes.
  private enum Neighbour {
    DOES_NOTHING,
    SYNCS_A_DIRECTORY,
    SYNCS_A_FILE,
    SYNCS_ALL
  }

  /// Runs once to learn the calls, then again with cuts. Fails unless both share the same: cuts of
  /// which the run itself knew would show what no power cut leaves.
  ///
  /// @param atCalls how many cuts after calls
  /// @param byTheClock how many cuts at other times
  List<Cut> during(Run run, int atCalls, int byTheClock) throws Exception {
    List<SystemCall> made = new ArrayList<>();
    List<List<TreePath>> groups = new ArrayList<>();
    long start = System.nanoTime();
    on(
        volume.cut(base, "rehearsal"),
        rehearsed -> {
          run.over(rehearsed, observed((_, call) -> made.add(call)));
          groups.addAll(rehearsed.sharedGroups());
        });
    long nanos = System.nanoTime() - start;
    var chosen = choose(made, atCalls);
    List<Cut> cuts = new ArrayList<>();
    Path image = volume.cut(base, "run");
    on(
        image,
        running -> {
          var clock = clockCuts(image, nanos, byTheClock);
          run.over(
              running,
              observed((number, call) -> {
                Neighbour neighbour = chosen.remove(number);
                if (neighbour != null) {
                  cuts.add(cutAt(image, number + " (" + call.manualName() + ")", neighbour));
                }
              }));
          cuts.addAll(clock.get());
          for (var late : chosen.entrySet()) {
            cuts.add(cutAt(image, late.getKey() + " (not reached)", late.getValue()));
          }
          assertEquals(
              groups,
              List.copyOf(running.sharedGroups()),
              () -> "the run did not do what its rehearsal did; seed " + seed);
        });
    if (chosen.size() > atCalls / LATE_SHARE) {
      throw new AssertionError(
          "the run took far fewer calls than its rehearsal, not " + chosen + "; seed " + seed);
    }
    return cuts;
  }

  /// Checks what each cut left, and the file system under it, and deletes it.
  ///
  /// @return the cuts that failed, with why
  List<String> failures(List<Cut> cuts, Check check) throws IOException {
    List<String> failures = new ArrayList<>();
    for (Cut cut : cuts) {
      try {
        on(cut.image(), check);
      } catch (Exception | AssertionError failure) {
        failures.add(volume + ": power cut " + cut.where() + ", seed " + seed + ": " + failure);
      }
    }
    return failures;
  }

  private void on(Path image, Check use) throws Exception {
    volume.mount(image);
    try {
      use.of(roots);
    } finally {
      volume.unmount();
    }
    volume.check(image);
    volume.delete(image);
  }

  private SortedMap<Long, Neighbour> choose(List<SystemCall> made, int count) {
    List<Long> changes = new ArrayList<>();
    List<Integer> syncs = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      if (CHANGES.contains(made.get(i))) {
        if (SYNCS.contains(made.get(i))) {
          syncs.add(changes.size());
        }
        changes.add(i + 1L);
      }
    }
    var chosen = new TreeMap<Long, Neighbour>();
    while (chosen.size() < Math.min(count, made.size())) {
      long number =
          switch (random.nextInt(10)) {
            case 0 -> random.nextLong(1, made.size() + 1L);
            case 1, 2, 3, 4, 5 -> changes.get(random.nextInt(changes.size()));
            default -> {
              int sync = syncs.get(random.nextInt(syncs.size()));
              int after = sync + random.nextInt(SHORTLY_AFTER);
              yield changes.get(Math.min(after, changes.size() - 1));
            }
          };
      chosen.putIfAbsent(number, neighbours[random.nextInt(neighbours.length)]);
    }
    return chosen;
  }

  private interface Observer {
    void after(long number, SystemCall call) throws IOException;
  }

  /// The kernel's calls, numbered from 1.
  private static SystemCalls observed(Observer observer) {
    var real = new NativeSystemCalls();
    var count = new AtomicLong();
    return (call, a, b, c, d, e, f) -> {
      long result = real.call(call, a, b, c, d, e, f);
      synchronized (observer) {
        try {
          observer.after(count.incrementAndGet(), call);
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
      }
      return result;
    };
  }

  private Cut cutAt(Path image, String call, Neighbour neighbour) throws IOException {
    Optional<Path> synced = Optional.empty();
    switch (neighbour) {
      case DOES_NOTHING -> {}
      case SYNCS_ALL -> Command.run("sync", "-f", volume.top().toString());
      case SYNCS_A_DIRECTORY -> synced = any(Files::isDirectory);
      case SYNCS_A_FILE -> synced = any(Files::isRegularFile);
    }
    if (synced.isPresent()) {
      try (var channel = FileChannel.open(synced.get(), StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    String who = synced.map(path -> " of " + volume.top().relativize(path)).orElse("");
    String where = "after call " + call + ", somebody " + neighbour + who;
    return new Cut(where, volume.cut(image, "cut-" + call.replaceAll(" .*", "")));
  }

  private interface Wanted {
    boolean is(Path path, LinkOption... links);
  }

  /// Any path of the roots or the store.
  private Optional<Path> any(Wanted wanted) throws IOException {
    try (var walk = Files.walk(volume.top())) {
      List<Path> all = walk.filter(path -> wanted.is(path, LinkOption.NOFOLLOW_LINKS)).toList();
      return Optional.of(all.get(random.nextInt(all.size())));
    }
  }

  private FutureTask<List<Cut>> clockCuts(Path image, long runNanos, int count) {
    long[] times = random.longs(count, 0, runNanos).sorted().toArray();
    long start = System.nanoTime();
    var clock =
        new FutureTask<List<Cut>>(() -> {
          List<Cut> cuts = new ArrayList<>();
          for (int i = 0; i < times.length; i++) {
            LockSupport.parkNanos(start + times[i] - System.nanoTime());
            String where = times[i] / 1_000_000 + " ms after the start";
            cuts.add(new Cut(where, volume.cut(image, "clock-" + i)));
          }
          return cuts;
        });
    new Thread(clock, "hashify-test-clock").start();
    return clock;
  }
}
