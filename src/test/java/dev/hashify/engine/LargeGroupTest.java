package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.FileId;
import dev.hashify.file.Refusal;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of one light key, of several contents, more than can be open: taken in parts of 16, and
/// where there are more than 2,048, told apart before anything else.
class LargeGroupTest {

  private static final long NANOS = 1_767_323_045_123_456_789L;

  private static final Restraints TWO_HOURS =
      new Restraints(
          Restraints.Priority.NORMAL, OptionalLong.empty(), Optional.of(Duration.ofHours(2)));

  private static final Options SIZE_ALONE =
      Options.DEFAULT.ignoring(IdentityKey.NAME, IdentityKey.MTIME);

  private Path top = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private Tree one;

  @SuppressWarnings("NullAway.Init")
  private Tree other;

  private Unification runs = Unification.in(top);

  /// What each file was made with.
  private final Map<String, Integer> contents = new HashMap<>();

  @BeforeEach
  void makeTwoRoots() throws IOException {
    top = TestVolume.ext4().directory();
    one = Tree.in(top.resolve("one"));
    other = Tree.in(top.resolve("other"));
    runs =
        Unification.in(top.resolve("store")).over(CutRoots.withFewFiles(new NativeSystemCalls()));
  }

  @AfterEach
  void remove() throws IOException {
    Tree.in(top).close();
  }

  private void file(Tree root, String path, int content) throws IOException {
    root.file(path, "%020d".formatted(content)).modified(path, NANOS);
    contents.put((root == one ? "one/" : "other/") + path, content);
  }

  /// Fails unless files share an inode exactly if they were made with the same content.
  private void assertEqualOnesShare() throws IOException {
    Map<Integer, FileId> inodes = new HashMap<>();
    Set<FileId> different = new HashSet<>();
    Tree all = Tree.in(top);
    for (var file : contents.entrySet()) {
      FileId inode = all.id(file.getKey());
      FileId known = inodes.putIfAbsent(file.getValue(), inode);
      assertTrue(known == null || known.equals(inode), () -> file + " does not share");
      assertTrue(known != null || different.add(inode), () -> file + " shares with another");
    }
  }

  /// Stopped while the files are told apart, while equal ones are compared, and almost at the end.
  @ParameterizedTest
  @ValueSource(ints = {500, 3_000, 4_000, 5_000})
  void whatTimeWasTooShortForIsDoneByTheNextRun(int reads) throws IOException {
    int files = 1_250;
    int different = 900;
    for (int i = 0; i < files; i++) {
      file(one, "a" + i, i % different);
      file(other, "b" + i, i * 7 % different);
    }
    List<Unification.Root> roots = Unification.Root.of(List.of(one.root(), other.root()));
    int shared = 2 * files - different;
    var done = new AtomicInteger();
    var limited =
        Unification.in(top.resolve("store"))
            .over(CutRoots.withFewFiles(counting(done)))
            .by(clockThatIsLateAfter(reads, done));

    var stopped = limited.unify(limited.request(RunMode.REAL, SIZE_ALONE, roots).with(TWO_HOURS));
    assertTrue(done.get() >= reads, () -> "only " + done + " reads");
    assertEquals(0, stopped.counts().problems(), () -> stopped.problems().toString());
    assertTrue(stopped.counts().addUp());
    assertNotEquals(0, stopped.counts().refused().get(Refusal.INTERRUPTED));

    var next = runs.real(SIZE_ALONE, roots);
    assertEquals(shared, stopped.counts().shared() + next.counts().shared());
    assertTrue(next.counts().addUp());
    assertEqualOnesShare();
    assertEquals(0, runs.real(SIZE_ALONE, roots).counts().filesRead());
  }

  private static SystemCalls counting(AtomicInteger reads) {
    var real = new NativeSystemCalls();
    return (call, a, b, c, d, e, f) -> {
      if (call == SystemCall.PREADV2 || call == SystemCall.PREAD64) {
        reads.incrementAndGet();
      }
      return real.call(call, a, b, c, d, e, f);
    };
  }

  private static Clock clockThatIsLateAfter(int reads, AtomicInteger done) {
    Clock real = Clock.systemUTC();
    return new Clock() {
      @Override
      public Instant instant() {
        return real.instant().plus(done.get() < reads ? Duration.ZERO : Duration.ofHours(3));
      }

      @Override
      public ZoneId getZone() {
        return real.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"110, 70", "2200, 1500"})
  void equalFilesShareWhateverPartTheyAreIn(int files, int different) throws IOException {
    for (int i = 0; i < files; i++) {
      file(one, "d" + i % 7 + "/a" + i, i % different);
      file(other, "d" + i % 5 + "/b" + i, i * 7 % different);
    }
    file(one, "own", different);
    List<Unification.Root> roots = Unification.Root.of(List.of(one.root(), other.root()));
    int shared = 2 * files - different;

    assertEquals(shared, runs.dry(SIZE_ALONE, roots).counts().shared());
    var real = runs.real(SIZE_ALONE, roots);
    assertEquals(shared, real.counts().shared());
    assertEquals(0, real.counts().problems(), () -> real.problems().toString());
    assertTrue(real.counts().addUp());
    assertEqualOnesShare();
    assertEquals(0, runs.real(SIZE_ALONE, roots).counts().filesRead());

    // The next night some come that are equal to objects, and to each other.
    for (int i = 0; i < different / 2; i++) {
      file(one, "new/c" + i, i);
    }
    file(other, "new/own", different);
    var night = runs.real(SIZE_ALONE, roots);
    assertEquals(different / 2 + 1, night.counts().shared());
    assertTrue(night.counts().addUp());
    assertEqualOnesShare();
  }
}
