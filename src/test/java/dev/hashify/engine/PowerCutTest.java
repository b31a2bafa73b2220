package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hashify.engine.CutRoots.Plan;
import dev.hashify.engine.PowerCuts.Others;
import dev.hashify.engine.ThreeRoots.End;
import dev.hashify.file.TreePath;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.CutVolume;
import dev.hashify.testkit.Invariants;
import dev.hashify.testkit.TestVolume.Kind;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs that share inodes and lose their power, and the next runs over what is left.
///
/// The seed is in the name; `-Dseed` cuts at the same calls again. `-Dhashify.cuts` cuts that many
/// times as often.
@ParameterizedClass(name = "{0}, seed {1}")
@MethodSource("fileSystems")
class PowerCutTest {

  /// `FS_NODUMP_FL` (linux/fs.h), which every file system here has and nothing minds.
  private static final int NO_DUMP = 0x40;

  private final Kind kind;
  private final long seed;

  PowerCutTest(Kind kind, long seed) {
    this.kind = kind;
    this.seed = seed;
  }

  static Stream<Arguments> fileSystems() {
    long seed = CutRoots.seed();
    return Stream.of(Kind.EXT4, Kind.XFS, Kind.BTRFS).map(kind -> Arguments.of(kind, seed));
  }

  /// What all these tests rest on.
  @Test
  void whatWasNotSyncedIsGoneAfterACut() throws Exception {
    try (var volume = new CutVolume(kind)) {
      Path image = volume.make("image");
      volume.mount(image);
      Path top = volume.top();
      write(top.resolve("synced"), StandardOpenOption.SYNC);
      write(top.resolve("not-synced"), StandardOpenOption.WRITE);
      Path cut = volume.cut(image, "cut");
      volume.unmount();
      volume.mount(cut);
      assertEquals("text", Files.readString(top.resolve("synced")));
      assertFalse(Files.exists(top.resolve("not-synced")));
      volume.unmount();
    }
  }

  /// What the kernel said lies in the thread's memory still when a cut comes between a call and the
  /// reading of its answer.
  @Test
  void callAfterWhichTheCutComesKeepsItsAnswer() throws Exception {
    try (var volume = new CutVolume(kind)) {
      Path image = volume.make("image");
      volume.mount(image);
      Tree tree = Tree.in(volume.top().resolve("tree"));
      tree.file("file", "text");
      Command.run("chattr", "+d", tree.path("file").toString());
      var linux =
          new Linux((call, a, b, c, d, e, f) -> {
            long result = new NativeSystemCalls().call(call, a, b, c, d, e, f);
            if (call == SystemCall.IOCTL) {
              cut(volume, image);
            }
            return result;
          });
      try (var directory = tree.openDirectory("");
          var file = linux.open().file(directory, "file".getBytes(UTF_8))) {
        assertEquals(NO_DUMP, linux.attributes().flags(file) & InodeFlags.MEANINGFUL);
        assertEquals(0, linux.attributes().project(file));
      }
      volume.unmount();
    }
  }

  private static void cut(CutVolume volume, Path image) {
    try {
      volume.delete(volume.cut(image, "cut"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void write(Path file, StandardOpenOption how) throws IOException {
    Files.writeString(file, "text", StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
    assertEquals("text", Files.readString(file));
  }

  @Test
  void firstRunThatLosesPowerIsMendedByTheNext() throws Exception {
    try (var cut = new CutRoots(kind, GuardChoice.NONE, seed)) {
      SortedSet<List<TreePath>> shared = cut.groupsAfterARun();
      cut.check(
          new Plan(Others.SYNC_ANYTHING, 40, 10),
          CutRoots::unify,
          left -> Nights.checkKilled(left, shared));
      cut.assertSomeWereWithinABatch();
    }
  }

  @Test
  void laterRunUnderAGuardThatLosesPowerIsMendedByTheNext() throws Exception {
    try (var cut = new CutRoots(kind, GuardChoice.IMMUTABLE, seed)) {
      cut.before(roots -> {
        CutRoots.unify(roots, new NativeSystemCalls());
        roots.change();
        new ManyFiles(roots).upgrade();
        roots.settleTimes();
      });
      SortedSet<List<TreePath>> shared = cut.groupsAfterARun();
      cut.check(
          new Plan(Others.SYNC_ANYTHING, 17, 3),
          CutRoots::unify,
          left -> Nights.checkKilled(left, shared));
      cut.assertSomeWereWithinABatch();
    }
  }

  @Test
  void breakThatLosesPowerIsMendedByTheNext() throws Exception {
    try (var cut = new CutRoots(kind, GuardChoice.IMMUTABLE, seed)) {
      checkBreak(cut);
    }
  }

  /// Fails unless a break that lost its power is mended by the next break and the next run.
  static void checkBreak(CutRoots cut) throws Exception {
    var apart = new TreeSet<>(TreeFingerprint.BY_ALL_PATHS);
    cut.before(roots -> apart.addAll(roots.sharedGroups()));
    SortedSet<List<TreePath>> shared = cut.groupsAfterARun();
    cut.before(roots -> CutRoots.unify(roots, new NativeSystemCalls()));
    cut.check(
        new Plan(Others.SYNC_ANYTHING, 17, 3),
        ThreeRoots::breakAll,
        left -> {
          left.closedByTheKernel();
          left.assertNothingLost(End.KILLED);
          left.assertNextBreakMends(apart, End.KILLED);
          left.assertNextRunMends(shared, End.KILLED);
        });
    cut.assertSomeWereWithinABatch();
  }

  /// A keeper that was written a moment ago is in memory only, and paths that were safe on the disk
  /// come to depend on it.
  @Test
  void pathsOnTheDiskNeverDependOnContentInMemory() throws Exception {
    assertEquals(List.of(), lostByFreshKeepers(CutRoots::unify));
  }

  /// That it is the sync before the first replacement to which they owe it.
  @Test
  void pathsOnTheDiskAreLostWithoutTheSync() throws Exception {
    var lost =
        lostByFreshKeepers((roots, calls) -> CutRoots.unify(roots, CutRoots.withoutSync(calls)));
    System.out.println(kind + " without the sync: " + lost.size() + " cuts lost files");
    assertFalse(lost.isEmpty(), "no cut lost anything");
  }

  private List<String> lostByFreshKeepers(PowerCuts.Run run) throws Exception {
    try (var cut = new CutRoots(kind, GuardChoice.NONE, seed)) {
      TreeFingerprint[] before = new TreeFingerprint[1];
      cut.before(roots -> before[0] = durable(roots));
      return cut.failures(
          new Plan(Others.SYNC_SINGLE_FILES, 16, 2),
          (roots, calls) -> {
            new ManyFiles(roots).rewrite("a");
            run.over(roots, calls);
          },
          left -> {
            Invariants.everyPathReadsAsBefore(before[0], durable(left));
            CutRoots.unify(left, new NativeSystemCalls());
            Invariants.everyPathReadsAsBefore(before[0], durable(left));
          });
    }
  }

  private static TreeFingerprint durable(ThreeRoots roots) throws IOException {
    return TreeFingerprint.of(
        Stream.of("b", "c").map(root -> roots.tree.path(ThreeRoots.at(root))).toList());
  }
}
