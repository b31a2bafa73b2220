package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.testkit.CutVolume;
import dev.hashify.testkit.TestVolume.Kind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;

/// [ThreeRoots] with [ManyFiles] on an image that can lose its power.
final class CutRoots implements AutoCloseable {

  private static final int TIMES = Integer.getInteger("hashify.cuts", 1);

  /// Lower than a run can do with: it makes batches of forty names then, the smallest there are.
  private static final long OPEN_FILES_MAX = 64;

  private final CutVolume volume;
  private final long seed;
  private final Path base;
  private final ThreeRoots roots;

  /// Cuts that left the next run something to end.
  private int unfinished;

  /// New roots that are all on the disk.
  CutRoots(Kind kind, GuardChoice guard, long seed) throws IOException {
    volume = new CutVolume(kind);
    this.seed = seed;
    base = volume.make("base");
    volume.mount(base);
    roots = ThreeRoots.in(volume.top().resolve("night"), guard);
    new ManyFiles(roots).make();
    roots.remember();
    volume.unmount();
  }

  /// That of `-Dseed`, or a fixed one; a new one where tests are thorough.
  static long seed() {
    boolean isFresh = Boolean.getBoolean("hashify.thorough");
    long usual = isFresh ? new Random(System.nanoTime()).nextInt(1, 1_000_000) : 42;
    return Long.getLong("seed", usual);
  }

  Kind kind() {
    return volume.kind();
  }

  ThreeRoots roots() {
    return roots;
  }

  /// Does something before the power cuts; it is on the disk afterwards, and what must stay.
  void before(PowerCuts.Check something) throws Exception {
    volume.mount(base);
    something.of(roots);
    roots.remember();
    volume.unmount();
  }

  /// What a run without power cuts shares.
  SortedSet<List<TreePath>> groupsAfterARun() throws Exception {
    Path image = volume.cut(base, "settled");
    volume.mount(image);
    unify(roots, new NativeSystemCalls());
    SortedSet<List<TreePath>> groups = roots.sharedGroups();
    volume.unmount();
    volume.delete(image);
    return groups;
  }

  /// Power cuts at these roots.
  ///
  /// @param atCalls how many cuts after calls
  /// @param byTheClock how many cuts at other times
  record Plan(PowerCuts.Others others, int atCalls, int byTheClock) {}

  /// Fails unless whatever a cut leaves of a run passes the check.
  void check(Plan plan, PowerCuts.Run run, PowerCuts.Check check) throws Exception {
    List<String> failures = failures(plan, run, check);
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.size() + " cuts:\n" + String.join("\n", failures));
    }
  }

  /// The cuts of a run that left what does not pass the check.
  List<String> failures(Plan plan, PowerCuts.Run run, PowerCuts.Check check) throws Exception {
    var cuts = new PowerCuts(volume, base, roots, plan.others(), seed);
    var all = cuts.during(run, plan.atCalls() * TIMES, plan.byTheClock() * TIMES);
    return cuts.failures(
        all,
        left -> {
          countUnfinished();
          left.killedUnseen();
          check.of(left);
        });
  }

  /// A record is on the disk from before the first exchange of its batch until a later sync.
  private void countUnfinished() throws IOException {
    Path journal = roots.tree.path("store/journal");
    if (Files.exists(journal)) {
      try (var entries = Files.list(journal)) {
        unfinished += entries.findAny().isPresent() ? 1 : 0;
      }
    }
  }

  /// Fails unless some cuts left a batch to end.
  void assertSomeWereWithinABatch() {
    System.out.println(volume + ", seed " + seed + ": " + unfinished + " cuts left a record");
    assertTrue(unfinished > 0, "no cut came while anything was in hand");
  }

  /// A run in batches as small as can be.
  static void unify(ThreeRoots roots, SystemCalls calls) throws Exception {
    roots.unify(withFewFiles(calls));
  }

  /// The same calls, but as few files may be open as can be.
  @SuppressWarnings("restricted")
  static SystemCalls withFewFiles(SystemCalls real) {
    return (call, a, b, c, d, e, f) -> {
      long result = real.call(call, a, b, c, d, e, f);
      if (call == SystemCall.PRLIMIT64) {
        // struct rlimit (asm-generic/resource.h): the soft limit first.
        MemorySegment.ofAddress(d).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, OPEN_FILES_MAX);
      }
      return result;
    };
  }

  /// The same calls, but what is to sync the file system does not.
  static SystemCalls withoutSync(SystemCalls real) {
    return (call, a, b, c, d, e, f) ->
        call == SystemCall.SYNCFS ? 0 : real.call(call, a, b, c, d, e, f);
  }

  @Override
  public void close() throws IOException {
    volume.unmount();
    volume.close();
  }

  @Override
  public String toString() {
    return volume.toString();
  }
}
