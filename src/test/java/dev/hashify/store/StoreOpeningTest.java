package dev.hashify.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.store.StoreException.Kind;
import dev.hashify.testkit.FaultLoop;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOpeningTest {

  private StoreTree store;

  @BeforeEach
  void makeTree() throws IOException {
    store = StoreTree.on(TestVolume.plain());
  }

  @AfterEach
  void removeTree() throws IOException {
    store.close();
  }

  private Tree tree() {
    return store.tree();
  }

  private Kind kindOfChange() {
    return assertThrows(StoreException.class, () -> store.change()).kind();
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void missingStoreIsMadeForChange(TestVolume volume) throws Exception {
    try (var there = StoreTree.on(volume)) {
      try (var opened = there.change()) {
        assertEquals(new StoreFormat(Guard.NONE), opened.format());
        assertEquals(there.path(), opened.path());
        assertEquals(there.path().child("index"), opened.indexPath());
        assertEquals(there.tree().stat("root").mountId(), opened.mountId());
        assertEquals(there.tree().stat("root").device(), opened.device());
        assertTrue(opened.linksPerInodeMax() > 60_000);
      }
      assertEquals(0700, there.tree().stat("store").mode() & 0777);
      assertTrue(there.tree().text("store/CACHEDIR.TAG").startsWith("Signature: 8a477f597d28d172"));
      assertEquals(
          "hashify store 1\ndigest sha-256\nshare hardlink\nguard none\n",
          there.tree().text("store/format"));
    }
  }

  @Test
  void missingStoreIsNotMadeForReading() throws IOException {
    var failure = assertThrows(StoreException.class, () -> store.read());

    assertEquals(Kind.MISSING, failure.kind());
    assertFalse(tree().exists("store"));
  }

  @Test
  void parentDirectoryMustExist() {
    var path = store.path().child("deeper").child("store");

    var failure =
        assertThrows(
            StoreException.class,
            () -> Store.open(RealLinux.LINUX, path, Access.CHANGE, StoreTree.WHO));

    assertEquals(Kind.UNUSABLE, failure.kind());
    assertTrue(failure.getMessage().contains("ENOENT"), failure.getMessage());
  }

  @Test
  void trailingSlashMakesNoDifference() throws Exception {
    var path = TreePath.of(store.path() + "//");

    try (var opened = Store.open(RealLinux.LINUX, path, Access.CHANGE, StoreTree.WHO)) {
      assertEquals(store.path(), opened.path());
    }
  }

  @Test
  void secondRunIsToldWhoHoldsTheStore() throws Exception {
    try (var _ = store.change()) {
      var failure = assertThrows(StoreException.class, () -> store.change());

      assertEquals(Kind.IN_USE, failure.kind());
      assertEquals(
          store.path()
              + ": store not opened: in use by pid 4121, started 2026-11-22T03:00:00Z, command"
              + " hashify unify /srv; wait, or give --lock-wait",
          failure.getMessage());
      assertEquals(Kind.IN_USE, assertThrows(StoreException.class, () -> store.read()).kind());
    }
  }

  @Test
  void lockEndsWithTheStore() throws Exception {
    store.change().close();

    store.change().close();
    assertEquals(0, tree().stat("store/lock").sizeBytes());
  }

  @Test
  void readersShareTheStoreAndKeepAChangerOut() throws Exception {
    store.change().close();
    try (var _ = store.read();
        var _ = store.read()) {
      var failure = assertThrows(StoreException.class, () -> store.change());

      assertEquals(Kind.IN_USE, failure.kind());
      assertTrue(failure.getMessage().contains("a run that only reads"), failure.getMessage());
    }
    store.change().close();
  }

  @Test
  void readingWritesNothing() throws Exception {
    try (var opened = store.change()) {
      store.adopted(opened, "root/a", "content");
    }
    var before = TreeFingerprint.of(tree().path("store"));
    var names = StoreTree.nameOf("content");

    try (var opened = store.read()) {
      assertTrue(opened.stat(names).isPresent());
      opened.open(names).orElseThrow().close();
      assertThrows(IllegalStateException.class, () -> opened.forget(names));
      assertThrows(IllegalStateException.class, () -> opened.recordGuard(Guard.IMMUTABLE));
      assertThrows(IllegalStateException.class, () -> new Sweep(opened));
    }

    TreeFingerprint.assertIdentical(before, TreeFingerprint.of(tree().path("store")));
  }

  @Test
  void recordedGuardIsReadAgain() throws Exception {
    try (var opened = store.change()) {
      opened.recordGuard(Guard.IMMUTABLE);
      assertEquals(Guard.IMMUTABLE, opened.format().guard());
    }
    try (var opened = store.read()) {
      assertEquals(Guard.IMMUTABLE, opened.format().guard());
    }
    assertFalse(tree().exists("store/format.new"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hashify store 2\n",
        "hashify store 1\ndigest sha-256\nshare hardlink\nguard angel\n",
        "hashify store 1\ndigest blake3\nshare hardlink\nguard none\n",
        "hashify store 1\ndigest sha-256\nshare hardlink\nguard none\nmore\n"
      })
  void formatOfALaterVersionIsLeftAlone(String format) throws Exception {
    store.change().close();
    tree().remove("store/format").file("store/format", format);

    assertEquals(Kind.NEWER_FORMAT, kindOfChange());
    assertEquals(Kind.NEWER_FORMAT, assertThrows(StoreException.class, () -> store.read()).kind());
    assertEquals(format, tree().text("store/format"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hashify store 1", "hashify store 1\nguard none\n", "x\n"})
  void somebodyElsesFormatFileMeansNoStore(String format) throws Exception {
    tree().file("store/format", format);

    assertEquals(Kind.NOT_A_STORE, kindOfChange());
  }

  @Test
  void directoryOfSomethingElseIsNotTouched() throws Exception {
    tree().file("store/letter.txt", "dear").directory("store/objects");
    var before = TreeFingerprint.of(tree().path("store"));

    assertEquals(Kind.NOT_A_STORE, kindOfChange());

    TreeFingerprint.assertIdentical(before, TreeFingerprint.of(tree().path("store")));
  }

  @Test
  void fileInPlaceOfTheStoreIsNotAStore() throws Exception {
    tree().file("store", "text");

    assertEquals(Kind.NOT_A_STORE, kindOfChange());
    assertEquals("text", tree().text("store"));
  }

  @Test
  void symbolicLinksInsideTheStoreAreNotFollowed() throws Exception {
    tree()
        .file("root/victim", "precious")
        .directory("store")
        .symlink("store/lock", "../root/victim");
    assertEquals(Kind.UNUSABLE, kindOfChange());

    tree().remove("store/lock");
    store.change().close();
    tree().remove("store/format").symlink("store/format", "../root/victim");
    assertEquals(Kind.NOT_A_STORE, kindOfChange());
    store.assertReads("root/victim", "precious");
  }

  @Test
  void storeThatOthersMayWriteToIsNotChanged() throws Exception {
    store.change().close();
    tree().mode("store", 0770);

    assertEquals(Kind.UNUSABLE, kindOfChange());
    store.read().close();
  }

  @Test
  void storeOfAnotherUserIsNotChanged() throws Exception {
    store.change().close();
    tree().owner("store", 12345, 0);

    assertEquals(Kind.UNUSABLE, kindOfChange());
  }

  @Test
  void makingIsRepeatedAfterAnyFault() {
    long faults =
        FaultLoop.everyCall(
            () -> StoreTree.on(TestVolume.plain()),
            (there, calls) -> there.change(calls).close(),
            there -> {
              there.change().close();
              there.read().close();
            },
            Errno.EIO,
            Errno.ENOSPC);

    assertTrue(faults > 50, "faults: " + faults);
  }

  @Test
  void makingIsRepeatedAfterAnyCrash() {
    long crashes =
        dev.hashify.testkit.CrashLoop.everyCall(
            () -> StoreTree.on(TestVolume.plain()),
            (there, calls) -> there.change(calls).close(),
            there -> there.change().close());

    assertTrue(crashes > 20, "crashes: " + crashes);
  }

  @Test
  void formatIsWholeWhateverFailsWhileTheGuardIsRecorded() {
    FaultLoop.everyCall(
        () -> {
          var there = StoreTree.on(TestVolume.plain());
          there.change().close();
          return there;
        },
        (there, calls) -> {
          try (var opened = there.change(calls)) {
            opened.recordGuard(Guard.IMMUTABLE);
          }
        },
        there -> there.change().close(),
        Errno.EIO);
  }

  @Test
  void failedCallIsNamed() {
    var calls =
        new FaultyCalls(new NativeSystemCalls()).only(SystemCall.MKDIRAT).failOnce(1, Errno.EROFS);

    var failure = assertThrows(StoreException.class, () -> store.change(calls));

    assertEquals(
        store.path()
            + ": store not opened: mkdirat: read-only file system (EROFS); repair it, or give"
            + " another --store",
        failure.getMessage());
  }
}
