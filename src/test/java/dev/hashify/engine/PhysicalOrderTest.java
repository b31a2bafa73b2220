package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// On a disk with a head files are read as they lie, by one thread, and then compared.
class PhysicalOrderTest {

  private static final int FILES = 60;
  private static final int SIZE_BYTES = 40_000;

  /// `_IOWR('f', 11, struct fiemap)` of linux/fs.h.
  private static final long FIEMAP = 0xc020_660bL;

  /// `POSIX_FADV_DONTNEED` of linux/fadvise.h.
  private static final long DONT_NEED = 4;

  /// Whose content was read from its start, by which thread.
  private record Read(Path file, long thread) {}

  /// The kernel, and what was read of it.
  private static final class Recording implements SystemCalls {
    private final SystemCalls real = new NativeSystemCalls();
    private final Path below;
    private final List<Read> reads = Collections.synchronizedList(new ArrayList<>());

    Recording(Path below) {
      this.below = below;
    }

    @Override
    public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
      // The first read of a file asks the page cache.
      if (call == SystemCall.PREADV2) {
        Path file = pathOf(a);
        if (file.startsWith(below)) {
          reads.add(new Read(file, Thread.currentThread().threadId()));
        }
      }
      return real.call(call, a, b, c, d, e, f);
    }

    private static Path pathOf(long descriptor) {
      try {
        return Files.readSymbolicLink(Path.of("/proc/self/fd", Long.toString(descriptor)));
      } catch (IOException gone) {
        return Path.of("/");
      }
    }
  }

  /// Two roots of equal files, written in an order that is not that of their names. Every tenth
  /// pair differs.
  private static void fill(Tree tree) throws IOException {
    tree.directory("a").directory("b");
    var random = new Random(7);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      paths.add("a/f" + i);
      paths.add("b/f" + i);
    }
    Collections.shuffle(paths, random);
    for (String path : paths) {
      int number = Integer.parseInt(path.substring(3));
      byte[] content = new byte[SIZE_BYTES + number * 5000];
      new Random(number).nextBytes(content);
      if (number % 10 == 0) {
        content[content.length - 1] = (byte) path.charAt(0);
      }
      tree.bytes(path, content);
      tree.modified(path, 1_000_000_000L * (number + 1));
      // Placed now, or the file system places all of them at once, by inode.
      Command.run("sync", tree.path(path).toString());
    }
  }

  private static List<Path> roots(Tree tree) {
    return List.of(tree.path("a"), tree.path("b"));
  }

  private static long place(Tree tree, Path file) throws IOException {
    try (var open = tree.open(tree.root().relativize(file).toString())) {
      return RealLinux.LINUX.clones().firstPlace(open).orElse(0);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void filesAreReadOnceAsTheyLieAndThenCompared(TestVolume volume) throws Exception {
    try (Tree tree = volume.tree()) {
      fill(tree);
      var calls = new Recording(tree.root());
      var told =
          Unification.in(tree.path("store"))
              .over(calls)
              .on(DiskKind.HDD)
              .dry(Options.DEFAULT, Unification.Root.of(roots(tree)));

      assertEquals(FILES - FILES / 10, told.counts().shared());
      List<Read> ahead = calls.reads.subList(0, 2 * FILES);
      assertEquals(2 * FILES, Set.copyOf(ahead).size(), "each file once, by one thread");
      List<Long> places = new ArrayList<>();
      for (Read read : ahead) {
        places.add(place(tree, read.file));
      }
      assertTrue(new HashSet<>(places).size() > FILES, "files without a place prove nothing");
      assertEquals(places.stream().sorted().toList(), places);
      List<Path> compared =
          calls.reads.subList(2 * FILES, calls.reads.size()).stream().map(Read::file).toList();
      assertEquals(2 * (FILES - FILES / 10), Set.copyOf(compared).size());
      assertFalse(
          compared.stream().anyMatch(file -> file.endsWith("f10")),
          "what is known to differ was compared");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void theOutcomeIsThatOfAnyOtherDisk(TestVolume volume) throws Exception {
    try (Tree tree = volume.tree();
        Tree other = volume.tree()) {
      fill(tree);
      fill(other);
      for (RunMode mode : List.of(RunMode.DRY, RunMode.REAL)) {
        for (Options options : optionsOf(volume)) {
          var turning = run(tree, DiskKind.HDD, mode, options);
          var solid = run(other, DiskKind.SSD, mode, options);
          assertEquals(
              SharedFigures.withoutReads(solid.counts(), turning.counts()), turning.counts());
        }
      }
      var again = run(tree, DiskKind.HDD, RunMode.REAL, optionsOf(volume).getLast());
      assertEquals(0, again.counts().filesRead(), "a night on which nothing changed reads");
    }
  }

  private static List<Options> optionsOf(TestVolume volume) {
    return volume.kind() == TestVolume.Kind.EXT4
        ? List.of(Options.DEFAULT)
        : List.of(Options.REFLINK, Options.DEFAULT);
  }

  private static Unification.Told run(Tree tree, DiskKind disk, RunMode mode, Options options) {
    String store = options.guard() == GuardChoice.AUTO ? "store-of-blocks" : "store";
    var runs = Unification.in(tree.path(store)).later().on(disk);
    var roots = Unification.Root.of(roots(tree));
    return mode == RunMode.DRY ? runs.dry(options, roots) : runs.real(options, roots);
  }

  /// What is new is compared with an object: it is read with the others.
  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void objectsAreReadAheadToo(TestVolume volume) throws Exception {
    try (Tree tree = volume.tree()) {
      fill(tree);
      run(tree, DiskKind.HDD, RunMode.REAL, Options.DEFAULT);
      Tree more = tree.directory("c");
      for (int i = 1; i < 10; i++) {
        byte[] content = tree.read("a/f" + i);
        more.bytes("c/f" + i, content).modified("c/f" + i, 1_000_000_000L * (i + 1));
      }
      Command.run("sync", "-f", tree.root().toString());
      var calls = new Recording(tree.root());

      var told =
          Unification.in(tree.path("store"))
              .over(calls)
              .later()
              .on(DiskKind.HDD)
              .real(Options.DEFAULT, Unification.Root.of(List.of(tree.path("c"))));

      assertEquals(9, told.counts().shared(), told::toString);
      List<Path> ahead =
          calls.reads.stream()
              .map(Read::file)
              .filter(
                  file -> file.startsWith(tree.path("c")) || file.toString().contains("/objects/"))
              .limit(18)
              .distinct()
              .toList();
      assertEquals(18, ahead.size());
      assertEquals(9, ahead.stream().filter(file -> file.toString().contains("/objects/")).count());
    }
  }

  /// Where nothing says where files lie, or one cannot be read ahead, the examination decides
  /// alone.
  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void whatCannotBeReadAheadIsExaminedAllTheSame(TestVolume volume) throws Exception {
    try (Tree tree = volume.tree()) {
      fill(tree);
      var roots = Unification.Root.of(roots(tree));
      SystemCalls real = new NativeSystemCalls();
      SystemCalls placeless =
          (call, a, b, c, d, e, f) ->
              call == SystemCall.IOCTL && b == FIEMAP
                  ? -Errno.EOPNOTSUPP.number()
                  : real.call(call, a, b, c, d, e, f);
      var failing = new FaultyCalls(new NativeSystemCalls());
      failing.only(SystemCall.PREAD64).failOnce(5, Errno.EIO);

      for (SystemCalls calls : List.of(placeless, failing)) {
        var runs = Unification.in(tree.path("store")).over(calls).on(DiskKind.HDD);
        var told = runs.dry(Options.DEFAULT, roots);

        assertEquals(FILES - FILES / 10, told.counts().shared());
        assertEquals(0, told.counts().problems(), () -> told.problems().toString());
      }
      assertTrue(failing.count() > 5, "no call failed");
    }
  }

  /// Where memory is short, what was read ahead stays until it is compared and leaves then.
  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void whatWasReadAheadLeavesThePageCacheAfterTheComparison(TestVolume volume) throws Exception {
    try (Tree tree = volume.tree()) {
      fill(tree);
      for (Path root : roots(tree)) {
        try (var files = Files.list(root)) {
          for (Path file : files.toList()) {
            try (var open = tree.open(tree.root().relativize(file).toString())) {
              RealLinux.LINUX.content().adviseDontNeed(open);
            }
          }
        }
      }
      var recording = new Recording(tree.root());
      List<Path> left = Collections.synchronizedList(new ArrayList<>());
      List<Integer> readsBefore = Collections.synchronizedList(new ArrayList<>());
      // Nearly all: the kernel takes what it was told above for advice.
      Set<Path> wereOut = ConcurrentHashMap.newKeySet();
      SystemCalls shortOfMemory =
          (call, a, b, c, d, e, f) -> {
            if (call == SystemCall.SYSINFO) {
              // What cannot be asked is taken for short.
              return -Errno.EPERM.number();
            }
            if (call == SystemCall.FADVISE64 && d == DONT_NEED) {
              left.add(Recording.pathOf(a));
              readsBefore.add(recording.reads.size());
            }
            long result = recording.call(call, a, b, c, d, e, f);
            if (call == SystemCall.PREADV2 && result == -Errno.EAGAIN.number()) {
              wereOut.add(Recording.pathOf(a));
            }
            return result;
          };

      Unification.in(tree.path("store"))
          .over(shortOfMemory)
          .on(DiskKind.HDD)
          .dry(Options.DEFAULT, Unification.Root.of(roots(tree)));

      assertEquals(wereOut, Set.copyOf(left));
      assertTrue(wereOut.size() > FILES, () -> "in the page cache all the same: " + wereOut);
      assertTrue(
          readsBefore.stream().allMatch(reads -> reads >= 2 * FILES),
          "something left before all was read ahead");
    }
  }
}
