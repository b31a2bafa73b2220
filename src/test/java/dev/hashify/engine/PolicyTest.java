package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is shared and what is not, one rule at a time.
class PolicyTest extends TwoRoots {

  @Test
  void rootGivenTwiceOrThroughASymbolicLinkCountsOnce() throws IOException {
    same("a");
    Files.createSymbolicLink(top.resolve("link"), one.root());
    var told = runs.real(one.root(), one.root(), top.resolve("link"), other.root());
    assertEquals(2, told.counts().found());
    assertEquals(1, told.counts().shared());
    assertEquals(2, told.report().roots().size());
  }

  @Test
  void rootInsideAnotherIsWalkedOnce() throws IOException {
    same("sub/a");
    one.file("sub/deep/b", TEXT);
    var told = runs.real(one.root(), one.path("sub/deep"), other.root());
    assertEquals(3, told.counts().found());
    assertEquals(1, told.counts().shared());
  }

  @Test
  void missingRootIsAProblemAndTheOthersAreDone() throws IOException {
    same("a");
    var told = runs.real(one.root(), top.resolve("missing"), other.root());
    assertEquals(1, told.counts().shared());
    assertEquals(1, told.counts().problems());
    assertTrue(told.problems().getFirst().toString().contains("missing"));
  }

  @Test
  void noUsableRootIsToldAndNothingIsMade() {
    var request =
        runs.request(
            RunMode.REAL, Options.DEFAULT, Unification.Root.of(List.of(top.resolve("missing"))));
    assertThrows(RunException.Unusable.class, () -> runs.tryUnify(request));
    assertFalse(Files.exists(runs.store()));
  }

  @Test
  void filesThatCannotBeReadAreNeverShared() throws IOException {
    same("a");
    var calls = new FaultyCalls(new NativeSystemCalls()).only(SystemCall.PREAD64);
    calls.failFrom(1, Errno.EIO);
    var told =
        runs.over(calls)
            .real(Options.DEFAULT, Unification.Root.of(List.of(one.root(), other.root())));
    assertEquals(0, told.counts().shared());
    assertTrue(told.counts().problems() > 0);
    assertFalse(isShared("a"));
    assertEquals(1, run().counts().shared(), "the next run, which can read");
  }

  @Test
  void userFileWithANameLikeATemporaryOneIsLeftAlone() throws IOException {
    same(".hashify-tmp-1");
    same("tmp.0000000000000001");
    TreeFingerprint before = TreeFingerprint.of(List.of(one.root(), other.root()));
    run();
    TreeFingerprint.assertSameExceptInodes(
        before, TreeFingerprint.of(List.of(one.root(), other.root())));
  }

  @Test
  void storeInsideARootIsNotWalked() throws IOException {
    same("a");
    var inside = Unification.in(one.path("store"));
    assertEquals(1, inside.real(one.root(), other.root()).counts().shared());
    var again = inside.real(one.root(), other.root());
    assertEquals(2, again.counts().found());
    assertEquals(2, again.counts().alreadyShared());
  }

  @Test
  void storeOnAnotherFileSystemIsNotUsedForTheRoot() throws IOException {
    same("a");
    var elsewhere = Unification.in(TestVolume.xfs().directory().resolve("store"));
    var told =
        elsewhere.dry(Options.DEFAULT, Unification.Root.of(List.of(one.root(), other.root())));
    var place = told.report().stores().getFirst().path();
    assertEquals(TreePath.of(TestVolume.ext4().root().resolve(".hashify").toString()), place);
  }

  @Test
  void emptyAndSmallAndPrivilegedFilesAreSkipped() throws IOException {
    for (var tree : List.of(one, other)) {
      tree.file("empty", "").file("small", "fifteen bytes..").file("set-uid", TEXT);
      tree.mode("set-uid", 04755);
    }
    var told = run();
    assertEquals(SkipReason.EMPTY, told.skipped().get(at(one, "empty")));
    assertEquals(SkipReason.TOO_SMALL, told.skipped().get(at(one, "small")));
    assertEquals(SkipReason.PRIVILEGED, told.skipped().get(at(one, "set-uid")));
    var all = run(Options.DEFAULT.withMinSize(0).with(UnifyFlag.INCLUDE_PRIVILEGED));
    assertEquals(SkipReason.EMPTY, all.skipped().get(at(one, "empty")));
    assertFalse(isShared("empty"));
  }

  @Test
  void fileWithCapabilitiesIsSkipped() throws IOException {
    same("a");
    for (var tree : List.of(one, other)) {
      Command.run("setcap", "cap_net_raw+ep", tree.path("a").toString());
    }
    assertEquals(SkipReason.PRIVILEGED, run().skipped().get(at(one, "a")));
    assertFalse(isShared("a"));
  }

  @Test
  void differenceInMetadataKeepsFilesApart() throws IOException {
    for (String name : List.of("mode", "owner", "group", "nanosecond", "xattr", "content")) {
      same(name);
    }
    one.mode("mode", 0600).owner("owner", 1, 0).owner("group", 0, 1);
    one.modified("nanosecond", NANOS + 1);
    one.attribute("xattr", "user.x", new byte[] {1});
    one.remove("content").file("content", TEXT.replace('m', 'n')).modified("content", NANOS);
    assertEquals(0, run().counts().shared());
  }

  @Test
  void ignoredTimeBecomesTheKeepersAndIsReported() throws IOException {
    same("a");
    one.modified("a", NANOS + 5);
    var told = run(Options.DEFAULT.ignoring(IdentityKey.MTIME));
    assertEquals(1, told.counts().shared());
    assertEquals(1, told.counts().modifiedTimesChanged());
    assertEquals(NANOS, one.stat("a").modifiedNanos(), "the older time is kept");
  }

  @Test
  void fileOpenForWritingIsRefusedAndSharedNextTime() throws IOException {
    same("a");
    try (var file = new RandomAccessFile(other.path("a").toFile(), "rw")) {
      assertTrue(file.length() > 0);
      var told = run();
      assertEquals(0, told.counts().shared());
      assertTrue(told.refused().containsValue(Refusal.OPEN_FOR_WRITING));
    }
    assertEquals(1, run().counts().shared());
    assertTrue(isShared("a"));
  }

  @Test
  void fileMappedForWritingIsRefused() throws Exception {
    same("a");
    try (var arena = Arena.ofConfined()) {
      try (var channel =
          FileChannel.open(one.path("a"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.map(FileChannel.MapMode.READ_WRITE, 0, 16, arena);
      }
      assertEquals(0, run().counts().shared());
    }
    assertFalse(isShared("a"));
  }

  @Test
  void secondRunAtOnceIsToldWhoHoldsTheStore() throws Exception {
    same("a");
    run();
    var holder = new dev.hashify.store.LockHolder(4711, java.time.Instant.EPOCH, "another run");
    try (var _ =
        dev.hashify.store.Store.open(
            dev.hashify.testkit.RealLinux.LINUX,
            runs.storePath(),
            dev.hashify.store.Access.CHANGE,
            holder)) {
      var request =
          runs.request(
              RunMode.REAL,
              Options.DEFAULT,
              Unification.Root.of(List.of(one.root(), other.root())));
      var failure = assertThrows(RunException.StoreInUse.class, () -> runs.tryUnify(request));
      assertTrue(String.valueOf(failure.getMessage()).contains("4711"), failure::toString);
    }
  }

  @Test
  void truncatedIndexIsRebuiltAndLosesNothing() throws IOException {
    same("a");
    run();
    same("b");
    try (var file = new RandomAccessFile(runs.store().resolve("index/data.mdb").toFile(), "rw")) {
      file.setLength(100);
    }
    var told = run();
    assertEquals(1, told.counts().shared());
    assertEquals(2, told.counts().alreadyShared());
    assertTrue(told.notes().toString().contains("made anew"), () -> told.notes().toString());
  }

  @Test
  void indexDeletedBetweenRunsLosesNothing() throws IOException {
    same("a");
    run();
    RandomNights.deleteTree(runs.store().resolve("index"));
    var told = run();
    assertEquals(2, told.counts().alreadyShared());
    assertEquals(0, told.counts().shared());
  }

  @Test
  void storeDeletedBetweenRunsIsMadeAnew() throws IOException {
    same("a");
    run();
    RandomNights.deleteTree(runs.store());
    same("b");
    var told = run();
    assertEquals(1, told.counts().shared());
    assertTrue(isShared("a"));
    assertTrue(isShared("b"));
    one.file("new/a", TEXT).modified("new/a", NANOS);
    assertEquals(1, run().counts().shared(), "the file that was shared before takes part");
  }

  @Test
  void storeDeletedBesideItsIndexIsNotBelievedIn() throws IOException {
    Options options = Options.DEFAULT.withIndex(TreePath.of(top.resolve("index").toString()));
    same("a");
    run(options);
    RandomNights.deleteTree(runs.store());
    one.file("new/a", TEXT).modified("new/a", NANOS);
    run(options);
    var told = run(options);
    assertEquals(0, told.counts().problems(), () -> told.problems().toString());
    assertEquals(one.id("a"), one.id("new/a"));
    assertTrue(isShared("a"));
  }

  @Test
  void directoryTimesAreRestored() throws IOException {
    same("sub/a");
    other.modified("sub", NANOS - 7);
    one.modified("sub", NANOS - 9);
    assertEquals(1, run().counts().shared());
    assertEquals(NANOS - 7, other.stat("sub").modifiedNanos());
    assertEquals(NANOS - 9, one.stat("sub").modifiedNanos());
  }

  @Test
  void newFileIsFoundEqualToAUniqueOneInADirectoryThatDidNotChange() throws IOException {
    one.file("sub/a", TEXT).modified("sub/a", NANOS);
    one.hardLink("sub/a", "elsewhere/z");
    run();
    other.file("sub/a", TEXT).modified("sub/a", NANOS);
    assertEquals(1, run().counts().shared());
    assertTrue(isShared("sub/a"));
    assertEquals(one.id("sub/a"), one.id("elsewhere/z"));
  }

  @Test
  void directoryExcludedForANightIsComparedWhenItComesBack() throws IOException {
    one.file("d/a", TEXT).modified("d/a", NANOS);
    var roots = Unification.Root.of(List.of(one.root(), other.root()));
    runs.real(Options.DEFAULT, roots);
    other.file("d/a", TEXT).modified("d/a", NANOS);
    var without = List.of(Unification.Root.of(one.root(), "/d"), roots.getLast());
    assertEquals(0, runs.real(Options.DEFAULT, without).counts().shared());
    assertEquals(1, runs.real(Options.DEFAULT, roots).counts().shared());
  }

  @Test
  void directoryMountedOverForANightIsComparedWhenItComesBack() throws IOException {
    one.file("d/a", TEXT).modified("d/a", NANOS);
    run();
    other.file("d/a", TEXT).modified("d/a", NANOS);
    Command.run("mount", "-t", "tmpfs", "none", one.path("d").toString());
    try {
      assertEquals(0, run().counts().shared());
    } finally {
      Command.run("umount", one.path("d").toString());
    }
    assertEquals(1, run().counts().shared());
  }

  @Test
  void pathReplacedByAFileOfTheObjectsNumberIsNotTakenForShared() throws Exception {
    same("a");
    run();
    one.remove("a");
    other.remove("a");
    runs.sweep();
    same("a");
    var told = run();
    assertEquals(1, told.counts().shared());
    assertTrue(isShared("a"));
  }
}
