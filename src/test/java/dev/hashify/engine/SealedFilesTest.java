package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.engine.Unification.Told;
import dev.hashify.file.FileStat;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.CrashError;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import dev.hashify.testkit.TreeFingerprint.Allowance;
import dev.hashify.testkit.Verity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sharing under seals, on a kernel that has them.
///
/// ```
/// a/f  b/f  c/f   the same text, the same times
/// a/g  b/g  c/g   another one, of several blocks
/// store/          the store
/// ```
@Tag(Verity.TAG)
class SealedFilesTest {

  private static final String TEXT = "the same text in all roots";
  private static final byte[] LARGE = "a file of several blocks; ".repeat(1000).getBytes(UTF_8);
  private static final long MODIFIED = 1_700_000_000_123_456_789L;
  private static final Options SEALED = Options.DEFAULT.withGuard(GuardChoice.VERITY);

  /// `FS_IOC_ENABLE_VERITY` (linux/fsverity.h).
  private static final long ENABLE_VERITY = 0x4080_6685L;

  private final Tree tree;
  private final Unification runs;

  SealedFilesTest() throws IOException {
    tree = TestVolume.ext4().tree();
    runs = Unification.in(tree.path("store"));
  }

  @BeforeEach
  void make() throws IOException {
    Verity.require(tree);
    for (String root : List.of("a", "b", "c")) {
      make(root);
    }
  }

  @AfterEach
  void takeAway() throws IOException {
    tree.close();
  }

  private void make(String root) throws IOException {
    tree.file(root + "/f", TEXT).modified(root + "/f", MODIFIED);
    tree.bytes(root + "/g", LARGE).modified(root + "/g", MODIFIED);
    tree.modified(root, MODIFIED);
  }

  private Told seal(String... roots) {
    return runs.real(SEALED, roots(roots));
  }

  private List<Root> roots(String... roots) {
    return Root.of(List.of(roots).stream().map(tree::path).toList());
  }

  private TreeFingerprint fingerprint() throws IOException {
    return TreeFingerprint.of(List.of(tree.path("a"), tree.path("b"), tree.path("c")));
  }

  private boolean isSealed(String path) throws IOException {
    return Verity.isSealed(tree.stat(path));
  }

  private static void assertAllGood(VerifyReport report) {
    assertEquals(List.of(), report.findings());
  }

  @Test
  void objectsAreSealedAndLookAsBefore() throws Exception {
    TreeFingerprint before = fingerprint();
    Told told = seal("a", "b", "c");
    assertEquals(List.of(), told.problems());
    assertEquals(4, told.counts().shared(), () -> told.report().toString());
    for (Path object : runs.objects()) {
      assertTrue(isSealed(tree.root().relativize(object).toString()));
    }
    assertEquals(2, runs.objects().size());
    assertEquals(tree.id("a/f"), tree.id("c/f"));
    TreeFingerprint.assertSameBut(Set.of(Allowance.SEAL), before, fingerprint());
    assertEquals(MODIFIED, tree.stat("b/g").modifiedNanos());
  }

  @Test
  void storeKeepsTheGuardWithoutBeingAsked() throws Exception {
    seal("a", "b");
    Told told = runs.unify(runs.automatic(RunMode.REAL, roots("a", "b", "c")));
    assertEquals(2, told.counts().shared(), () -> told.report().toString());
    assertTrue(isSealed("c/f"));
  }

  @Test
  void nightWithoutChangesDoesNothing() throws Exception {
    seal("a", "b", "c");
    Told told = seal("a", "b", "c");
    assertEquals(0, told.counts().shared());
    assertEquals(6, told.counts().alreadyShared());
    assertEquals(0, told.counts().bytesRead());
  }

  @Test
  void newDuplicateJoinsASealedObject() throws Exception {
    seal("a", "b");
    long inode = tree.stat("a/f").inode();
    Told told = seal("a", "b", "c");
    assertEquals(2, told.counts().shared(), () -> told.report().toString());
    assertEquals(inode, tree.stat("c/f").inode());
    assertEquals(MODIFIED, tree.stat("c/f").modifiedNanos());
  }

  @Test
  void fileOpenForWritingIsNeitherSharedNorSealed() throws Exception {
    try (var channel = FileChannel.open(tree.path("a/f"), StandardOpenOption.WRITE)) {
      Told told = seal("a", "b", "c");
      assertEquals(Refusal.OPEN_FOR_WRITING, told.refused().get(host("a/f")));
      assertFalse(isSealed("a/f"));
      channel.write(ByteBuffer.wrap("X".getBytes(UTF_8)));
    }
    assertTrue(tree.text("a/f").startsWith("X"));
    assertEquals(TEXT, tree.text("b/f"));
    assertEquals(tree.id("b/f"), tree.id("c/f"));
  }

  @Test
  void fileOpenForReadingBeforeReadsOn() throws Exception {
    try (var channel = FileChannel.open(tree.path("b/f"))) {
      assertEquals(4, seal("a", "b", "c").counts().shared());
      var bytes = ByteBuffer.allocate(TEXT.length());
      channel.read(bytes, 0);
      assertEquals(TEXT, new String(bytes.array(), UTF_8));
    }
  }

  /// Opens an object for writing by a path of a root, at the moment in which the first is sealed.
  private SystemCalls withAWriter(AtomicBoolean wrote) {
    var calls = new NativeSystemCalls();
    var hasCome = new AtomicBoolean();
    return (call, a, b, c, d, e, f) -> {
      // What the probe seals has no name.
      boolean isSeal = call == SystemCall.IOCTL && b == ENABLE_VERITY && isNamed(a);
      if (isSeal && !hasCome.getAndSet(true)) {
        // Of its own thread: what a thread passes to the kernel stands in memory of that thread.
        var writer = new Thread(() -> wrote.set(writes("a", "g")), "hashify-test-writer");
        writer.start();
        try {
          writer.join();
        } catch (InterruptedException stopped) {
          throw new AssertionError(stopped);
        }
      }
      return calls.call(call, a, b, c, d, e, f);
    };
  }

  private boolean writes(String root, String name) {
    try (var directory = tree.openDirectory(root)) {
      return RealLinux.write(
          directory, name.getBytes(UTF_8), "X".getBytes(UTF_8), RealLinux.Writing.OVERWRITE);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /// The lease keeps a writer away that will not wait; he is told to try again, we of him, and what
  /// was shared is put back.
  @Test
  void writerWhoComesWhileFilesAreSealedChangesNothingOfOthers() throws Exception {
    var wrote = new AtomicBoolean();
    TreeFingerprint before = fingerprint();
    Told told =
        runs.over(withAWriter(wrote))
            .unify(runs.request(RunMode.REAL, SEALED, roots("a", "b", "c")));
    assertFalse(wrote.get(), "a lease was held");
    TreeFingerprint.assertSameBut(Set.of(Allowance.SEAL), before, fingerprint());
    assertEquals(0, told.counts().problems(), () -> told.problems().toString());
    TreeFingerprint.assertSameBut(Set.of(Allowance.SEAL), before, fingerprint());
    assertAllGood(runs.verify(StoreRequest.Repair.NO));
  }

  /// Ends everything when the first file has been sealed and its time not yet put back.
  private static SystemCalls endingAfterASeal() {
    var calls = new NativeSystemCalls();
    var isOver = new AtomicBoolean();
    return (call, a, b, c, d, e, f) -> {
      if (isOver.get() && call != SystemCall.CLOSE) {
        throw new CrashError("over before " + call.manualName());
      }
      long result = calls.call(call, a, b, c, d, e, f);
      isOver.compareAndSet(false, call == SystemCall.IOCTL && b == ENABLE_VERITY && isNamed(a));
      return result;
    };
  }

  private static boolean isNamed(long descriptor) {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self/fd/" + descriptor), "unix:nlink") > 0;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private void assertMended(Options before) throws Exception {
    if (before.guard() != GuardChoice.VERITY) {
      runs.real(before, roots("a", "b", "c"));
    }
    TreeFingerprint looked = fingerprint();
    var calls = endingAfterASeal();
    Throwable end =
        assertThrows(
            Throwable.class,
            () -> runs.over(calls).unify(runs.request(RunMode.REAL, SEALED, roots("a", "b", "c"))));
    assertTrue(isSealed("a/f") || isSealed("a/g"), end::toString);
    Told told = seal("a", "b", "c");
    assertEquals(List.of(), told.problems());
    assertTrue(isSealed("c/f"));
    assertTrue(isSealed("c/g"));
    TreeFingerprint.assertSameBut(
        Set.of(Allowance.SEAL, Allowance.DIRECTORY_TIMES), looked, fingerprint());
  }

  @Test
  void timeThatAKillLeftMovedIsPutBackByTheNextRun() throws Exception {
    assertMended(SEALED);
  }

  @Test
  void timeThatAKilledChangeOfGuardLeftMovedIsPutBackByTheNextRun() throws Exception {
    assertMended(Options.DEFAULT);
  }

  @Test
  void objectsOfARunWithoutGuardAreSealedByTheNextWithOne() throws Exception {
    runs.real(Options.DEFAULT, roots("a", "b", "c"));
    TreeFingerprint before = fingerprint();
    assertFalse(isSealed("a/f"));
    Told told = seal("a", "b", "c");
    assertEquals(List.of(), told.problems());
    assertTrue(isSealed("a/f"));
    assertTrue(isSealed("c/g"));
    TreeFingerprint.assertSameBut(Set.of(Allowance.SEAL), before, fingerprint());
    assertAllGood(runs.verify(StoreRequest.Repair.NO));
  }

  @Test
  void changeOfGuardLeavesAnObjectThatSomebodyWritesAndSaysSo() throws Exception {
    runs.real(Options.DEFAULT, roots("a", "b", "c"));
    try (var channel = FileChannel.open(tree.path("b/g"), StandardOpenOption.WRITE)) {
      Told told = seal("a", "b", "c");
      assertEquals(1, told.problems().size(), () -> told.problems().toString());
      assertFalse(isSealed("a/g"));
      channel.write(ByteBuffer.wrap(LARGE, 0, 1));
    }
    tree.modified("b/g", MODIFIED);
    assertEquals(List.of(), seal("a", "b", "c").problems());
    assertTrue(isSealed("a/g"));
  }

  /// An object as a restored backup would leave it: a copy, without a seal.
  private void loseSeal(Path object) throws Exception {
    byte[] content = Files.readAllBytes(object);
    FileStat stat = tree.stat(tree.root().relativize(object).toString());
    Files.delete(object);
    Files.write(object, content);
    String name = tree.root().relativize(object).toString();
    tree.mode(name, stat.mode() & 07777).modified(name, stat.modifiedNanos());
  }

  @Test
  void missingSealIsFoundAndPutOnAgain() throws Exception {
    seal("a", "b", "c");
    Path object = runs.objects().getFirst();
    loseSeal(object);
    VerifyReport found = runs.verify(StoreRequest.Repair.NO);
    assertTrue(
        found.findings().stream().anyMatch(finding -> finding.what().equals("guard missing")),
        () -> found.findings().toString());
    runs.verify(StoreRequest.Repair.YES);
    String name = tree.root().relativize(object).toString();
    assertTrue(isSealed(name));
    assertEquals(MODIFIED, tree.stat(name).modifiedNanos());
  }

  @Test
  void protectingPutsMissingSealsOn() throws Exception {
    seal("a", "b", "c");
    Path object = runs.objects().getFirst();
    loseSeal(object);
    var request = new ProtectRequest(List.of(host("a")), List.of(runs.storePath()), Duration.ZERO);
    ProtectReport report = runs.operations().protect(request, RunListener.NONE, new Cancellation());
    assertEquals(List.of(), report.problems());
    String name = tree.root().relativize(object).toString();
    assertTrue(isSealed(name));
    assertEquals(MODIFIED, tree.stat(name).modifiedNanos());
  }

  @Test
  void brokenPathsAreWritableAgainAndLookAsBefore() throws Exception {
    TreeFingerprint before = fingerprint();
    seal("a", "b", "c");
    BreakReport broken = runs.breakSharing(RunMode.REAL, tree.path("a"), tree.path("b"));
    assertEquals(List.of(), broken.problems());
    assertEquals(4, broken.broken());
    assertFalse(isSealed("a/f"));
    assertTrue(isSealed("c/f"));
    assertNotEquals(tree.id("a/f"), tree.id("b/f"));
    TreeFingerprint.assertSameBut(Set.of(Allowance.SEAL), before, fingerprint());
    Files.writeString(tree.path("a/f"), "written");
    assertEquals(TEXT, tree.text("b/f"));
    assertEquals(TEXT, tree.text("c/f"));
  }

  @Test
  void brokenPathsAreSharedAgainByTheNextRun() throws Exception {
    seal("a", "b", "c");
    runs.breakSharing(RunMode.REAL, tree.path("a"));
    Told told = seal("a", "b", "c");
    assertEquals(2, told.counts().shared(), () -> told.report().toString());
    assertEquals(tree.id("a/f"), tree.id("c/f"));
  }

  @Test
  void objectThatNothingSharesAnyMoreIsSweptWithItsSeal() throws Exception {
    seal("a", "b", "c");
    for (String root : List.of("a", "b", "c")) {
      Files.delete(tree.path(root + "/f"));
    }
    seal("a", "b", "c");
    assertEquals(1, runs.objects().size());
  }

  @Test
  void fileSealedBySomebodyElseIsLeftAlone() throws Exception {
    Verity.seal(tree, "a/f");
    Told told = seal("a", "b", "c");
    assertTrue(told.skipped().containsKey(host("a/f")));
    assertNotEquals(tree.id("a/f"), tree.id("b/f"));
    assertEquals(tree.id("b/f"), tree.id("c/f"));
  }

  @Test
  void dryRunSealsNothing() throws Exception {
    runs.dry(SEALED, roots("a", "b", "c"));
    assertFalse(isSealed("a/f"));
    assertFalse(isSealed("b/g"));
  }

  private TreePath host(String path) {
    return TreePath.of(tree.path(path).toString());
  }
}
