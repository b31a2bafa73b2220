package dev.hashify.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.file.FileStat;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.store.ObjectVisitor.Visit;
import dev.hashify.testkit.CrashLoop;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.TestVolume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerificationTest {

  private StoreTree there;
  private ObjectName name;

  @BeforeEach
  void makeStore() throws Exception {
    there = StoreTree.on(TestVolume.ext4());
    try (var store = there.change()) {
      name = there.adopted(store, "root/a", "content");
    }
  }

  @AfterEach
  void removeTree() throws IOException {
    there.close();
  }

  private List<Finding> findings(LongFunction<Optional<RecordedObject>> recorded) throws Exception {
    try (var store = there.read()) {
      return findings(store, recorded);
    }
  }

  private static List<Finding> findings(
      Store store, LongFunction<Optional<RecordedObject>> recorded) throws IOException {
    List<Finding> findings = new ArrayList<>();
    new Verification(store, recorded).run(findings::add, Progress.UNWATCHED);
    return findings;
  }

  private static Optional<RecordedObject> nothing(long inode) {
    assertTrue(inode > 0);
    return Optional.empty();
  }

  private long inode() throws IOException {
    return there.tree().stat("root/a").inode();
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void soundStoreHasNoFindings(TestVolume volume) throws Exception {
    try (var sound = StoreTree.on(volume);
        var store = sound.change()) {
      store.recordGuard(Guard.IMMUTABLE);
      sound.protect(store, sound.adopted(store, "root/a", "content"));
      sound.protect(store, sound.adopted(store, "root/b", "more content"));

      assertEquals(List.of(), findings(store, VerificationTest::nothing));
    }
  }

  @Test
  void flippedByteIsFound() throws Exception {
    there.tree().overwrite("root/a", new byte[] {'k'});

    assertEquals(
        List.of(new Finding.ContentDamaged(name, inode(), StoreTree.nameOf("kontent").content())),
        findings(VerificationTest::nothing));
  }

  @Test
  void changedMetadataIsFound() throws Exception {
    FileStat then = there.tree().stat("root/a");
    var record =
        new RecordedObject(
            then.mode(), then.uid(), then.gid(), then.sizeBytes(), then.modifiedNanos());
    var records = Map.of(then.inode(), record);
    assertEquals(List.of(), findings(inode -> Optional.ofNullable(records.get(inode))));

    there.tree().owner("root/a", 7, 8).mode("root/a", 0600).modified("root/a", 5);

    assertEquals(
        List.of(
            new Finding.MetadataDrifted(
                name,
                inode(),
                "mode 100600, was 100644; uid 7, was 0; gid 8, was 0; mtime in nanoseconds 5, was "
                    + then.modifiedNanos())),
        findings(inode -> Optional.ofNullable(records.get(inode))));
  }

  @Test
  void missingGuardIsFoundAndPutBack() throws Exception {
    try (var store = there.change()) {
      store.recordGuard(Guard.IMMUTABLE);
      assertEquals(
          List.of(new Finding.GuardMissing(name, inode())),
          findings(store, VerificationTest::nothing));

      assertTrue(new Repair(store).guardAgain(name));

      assertEquals(List.of(), findings(store, VerificationTest::nothing));
      assertFalse(new Repair(store).guardAgain(name.withGeneration(9)));
    }
    assertTrue(there.isImmutable("root/a"));
  }

  @Test
  void objectThatCannotBeReadIsFound() throws Exception {
    var calls =
        new FaultyCalls(new NativeSystemCalls()).only(SystemCall.PREAD64).failFrom(1, Errno.EIO);
    try (var store = there.change(calls)) {
      assertEquals(List.of(), findings(store, VerificationTest::nothing));
    } catch (StoreException formatUnreadable) {
      assertEquals(StoreException.Kind.UNUSABLE, formatUnreadable.kind());
    }
    // The format file is the first thing read.
    var later =
        new FaultyCalls(new NativeSystemCalls()).only(SystemCall.PREAD64).failFrom(3, Errno.EIO);
    try (var store = there.change(later)) {
      var found =
          assertInstanceOf(
              Finding.Unreadable.class, findings(store, VerificationTest::nothing).getFirst());
      assertEquals("input/output error (EIO)", found.why());
    }
  }

  @Test
  void foreignEntriesAreFound() throws Exception {
    there.tree().file("store/objects/notes", "mine");

    assertInstanceOf(Finding.ForeignEntry.class, findings(VerificationTest::nothing).getFirst());
  }

  @Test
  void verificationStopsWhenTold() throws Exception {
    try (var store = there.change()) {
      there.adopted(store, "root/b", "more");

      assertEquals(
          1,
          new Verification(store, VerificationTest::nothing)
              .run(_ -> {}, (_, bytes) -> stopAfter(bytes)));
    }
  }

  private static Visit stopAfter(long bytes) {
    return bytes > 0 ? Visit.STOP : Visit.GO_ON;
  }

  @Test
  void damagedObjectIsTakenOutOfUseButNotDeleted() throws Exception {
    there.tree().overwrite("root/a", new byte[] {'k'});
    try (var store = there.change()) {
      store.recordGuard(Guard.IMMUTABLE);
      there.protect(store, name);

      var moved = new Repair(store).takeOutOfUse(name).orElseThrow();

      var path = there.tree().hostPath().relativize(moved);
      assertEquals(there.tree().id("root/a"), there.tree().stat(path).id());
      assertTrue(there.isImmutable("root/a"));
      there.assertReads("root/a", "kontent");
      assertEquals(Optional.empty(), store.stat(name));
      assertEquals(Optional.empty(), new Repair(store).takeOutOfUse(name));
      assertEquals(0, new Repair(store).guardDamaged());
    }
  }

  @Test
  void twoDamagedObjectsOfOneNameAreKeptApart() throws Exception {
    try (var store = there.change()) {
      var first = new Repair(store).takeOutOfUse(name);
      there.adopted(store, "root/b", "content");
      var second = new Repair(store).takeOutOfUse(name);

      assertFalse(first.equals(second));
      there.assertReads("root/a", "content");
      there.assertReads("root/b", "content");
    }
  }

  @Test
  void guardIsBackAfterAnyCrashWhileTakingOutOfUse() {
    CrashLoop.everyCall(
        () -> {
          var fresh = StoreTree.on(TestVolume.ext4());
          try (var store = fresh.change()) {
            store.recordGuard(Guard.IMMUTABLE);
            fresh.protect(store, fresh.adopted(store, "root/a", "content"));
          }
          return fresh;
        },
        (fresh, calls) -> {
          try (var store = fresh.change(calls)) {
            new Repair(store).takeOutOfUse(name);
          }
        },
        fresh -> {
          try (var store = fresh.change()) {
            new Repair(store).guardAgain(name);
            new Repair(store).guardDamaged();
          }
          fresh.assertReads("root/a", "content");
          assertTrue(fresh.isImmutable("root/a"));
        });
  }
}
