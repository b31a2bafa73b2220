package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.DirectoryListing;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import dev.hashify.report.RunReport;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TestVolume.Kind;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// More files than fit one inode's links, and more than fit anybody's patience.
class ScaleTest {

  private static final boolean THOROUGH = Boolean.getBoolean("hashify.thorough");

  private static final int ROOTS = 10;

  private static final int FILES_PER_DIRECTORY = 100;

  /// Of the files of a directory; the others are in all roots.
  private static final int OWN_FILES = 10;

  private static final int DIRECTORIES_PER_ROOT = THOROUGH ? 1000 : 200;

  private static final long MODIFIED = 1_700_000_000_000_000_000L;

  /// What any run needs, and then what a path may cost. The heap of a JVM grows before it cleans
  /// up, so the second is an upper bound, not what a path costs.
  private static final long PEAK_KIBIBYTES_MAX = THOROUGH ? 512 << 10 : 320 << 10;

  @Test
  void moreEqualFilesThanAnInodeCanHaveLinksTakeAnother() throws Exception {
    try (var volume = TestVolume.own(Kind.EXT4, 3072)) {
      Path root = volume.directory();
      Path store = volume.root().resolve("store");
      var runs = new Runs(GuardChoice.NONE, store, Set.of(IdentityKey.NAME));
      int limit = 65_000;
      makeEqualFiles(root, 0, limit + 1);

      RunReport first = runs.unify(RunMode.REAL, List.of(root));

      assertEquals(0, first.counts().problems());
      assertEquals(0, first.counts().refusedTotal());
      assertFewInodes(root);
      assertEquals(limit + 1 - linksByInode(root).size(), first.counts().shared());

      int alone = linksByInode(root).size() - 2;
      RunReport second = runs.unify(RunMode.REAL, List.of(root));
      assertEquals(0, second.counts().shared());
      assertEquals(0, second.counts().problems());

      makeEqualFiles(root, limit + 1, 1000);
      RunReport third = runs.unify(RunMode.REAL, List.of(root));
      assertEquals(1000 + alone, third.counts().shared());
      assertEquals(0, third.counts().problems());
      assertFewInodes(root);
    }
  }

  private static void makeEqualFiles(Path root, int first, int count) throws Exception {
    byte[] content = "the same in all of them".getBytes(UTF_8);
    try (var directory = Tree.in(root).openDirectory("")) {
      for (int i = first; i < first + count; i++) {
        byte[] name = Integer.toString(i).getBytes(UTF_8);
        try (var file = RealLinux.LINUX.open().create(directory, name, 0644)) {
          RealLinux.LINUX.content().writeAll(file, content, 0);
          RealLinux.LINUX.attributes().setModified(file, MODIFIED);
        }
      }
    }
  }

  private static void assertFewInodes(Path root) throws IOException {
    var names = linksByInode(root);
    // One file may be left alone at the end of a group, until more come.
    assertTrue(names.size() == 2 || names.size() == 3, names::toString);
    assertTrue(names.values().stream().allMatch(count -> count < 65_000), names::toString);
  }

  private static Map<Long, Integer> linksByInode(Path root) throws IOException {
    Map<Long, Integer> names = new TreeMap<>();
    var listing = new DirectoryListing();
    try (var directory = Tree.in(root).openDirectory("")) {
      RealLinux.LINUX.stat().list(directory, listing);
    }
    for (int i = 0; i < listing.count(); i++) {
      names.merge(listing.inode(i), 1, Integer::sum);
    }
    return names;
  }

  @Test
  void memoryIsBoundedAndANightWithoutChangesReadsNothing() throws Exception {
    try (var volume = TestVolume.own(Kind.XFS, 6144)) {
      Path top = volume.directory();
      Path store = top.resolve("store");
      List<Path> roots = makeRoots(top);
      Path empty = Files.createDirectory(top.resolve("empty"));
      long paths = (long) ROOTS * DIRECTORIES_PER_ROOT * FILES_PER_DIRECTORY;
      long baseline =
          MeasuredRun.of(RunMode.DRY, top.resolve("none"), List.of(empty)).peakKibibytes();

      var dry = MeasuredRun.of(RunMode.DRY, store, roots);
      print("dry run", paths, baseline, dry);
      assertEquals(paths, dry.found());
      assertTrue(dry.peakKibibytes() < PEAK_KIBIBYTES_MAX, dry::toString);

      var first = MeasuredRun.of(RunMode.REAL, store, roots);
      print("first run", paths, baseline, first);
      long common = paths / FILES_PER_DIRECTORY * (FILES_PER_DIRECTORY - OWN_FILES);
      assertEquals(common / ROOTS * (ROOTS - 1), first.shared());
      assertEquals(0, first.problems());
      assertTrue(first.peakKibibytes() < PEAK_KIBIBYTES_MAX, first::toString);

      var night = MeasuredRun.of(RunMode.REAL, store, roots);
      print("no-change night", paths, baseline, night);
      assertEquals(0, night.bytesRead());
      assertEquals(0, night.shared());
      assertEquals(paths, night.found());
      assertTrue(night.peakKibibytes() < PEAK_KIBIBYTES_MAX, night::toString);
    }
  }

  private static void print(
      String what, long paths, long baselineKibibytes, MeasuredRun.Figures figures) {
    long perPath = (figures.peakKibibytes() - baselineKibibytes) * 1024 / paths;
    System.out.println(what + ": " + figures + ", " + perPath + " bytes a path");
  }

  private static List<Path> makeRoots(Path top) throws Exception {
    List<Path> roots = IntStream.range(0, ROOTS).mapToObj(i -> top.resolve("r" + i)).toList();
    try (var pool = Executors.newFixedThreadPool(2)) {
      List<Callable<Void>> makers =
          IntStream.range(0, ROOTS)
              .mapToObj(number -> (Callable<Void>) () -> makeRoot(roots.get(number), number))
              .toList();
      for (var made : pool.invokeAll(makers)) {
        made.get();
      }
    }
    return roots;
  }

  /// Sparse files: what is measured is the number of paths, not of bytes.
  private static Void makeRoot(Path root, int number) throws IOException {
    var tree = Tree.in(root);
    for (int at = 0; at < DIRECTORIES_PER_ROOT; at++) {
      try (var directory = tree.directory("d" + at).openDirectory("d" + at)) {
        for (int i = 0; i < FILES_PER_DIRECTORY; i++) {
          boolean isOwn = i < OWN_FILES;
          String name = isOwn ? "own-" + number + "-" + i : "file" + i;
          byte[] bytes = name.getBytes(UTF_8);
          try (var file = RealLinux.LINUX.open().create(directory, bytes, 0644)) {
            RealLinux.LINUX.content().truncate(file, 100 + at);
            RealLinux.LINUX.attributes().setModified(file, MODIFIED);
          }
        }
      }
    }
    return null;
  }
}
