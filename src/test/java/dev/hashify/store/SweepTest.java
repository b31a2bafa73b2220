package dev.hashify.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.store.ObjectVisitor.Visit;
import dev.hashify.testkit.CrashLoop;
import dev.hashify.testkit.FaultLoop;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.Scenario;
import dev.hashify.testkit.TestVolume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SweepTest {

  private static final ObjectName SHARED = StoreTree.nameOf("shared");
  private static final ObjectName LONELY = StoreTree.nameOf("lonely");

  /// A store with an object that `root/a` shares and one whose other names are gone.
  private static StoreTree prepared(TestVolume volume, Guard guard) throws Exception {
    var there = StoreTree.on(volume);
    try (var store = there.change()) {
      store.recordGuard(guard);
      there.adopted(store, "root/a", "shared");
      there.adopted(store, "root/b", "lonely");
      there.tree().remove("root/b");
      if (guard == Guard.IMMUTABLE) {
        there.protect(store, SHARED);
        there.protect(store, LONELY);
      }
    }
    return there;
  }

  private static void assertSwept(StoreTree there, Guard guard) throws IOException {
    there.assertReads("root/a", "shared");
    assertEquals(there.tree().id("root/a"), there.tree().id(StoreTree.at(SHARED)));
    assertFalse(there.tree().exists(StoreTree.at(LONELY)));
    assertEquals(guard == Guard.IMMUTABLE, there.isImmutable("root/a"));
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void immutableObjectWithoutOtherNamesIsRemoved(TestVolume volume) throws Exception {
    try (var there = prepared(volume, Guard.IMMUTABLE);
        var store = there.change()) {
      var result = new Sweep(store).sweepAll(Progress.UNWATCHED);

      assertEquals(List.of(LONELY), result.removed());
      assertEquals(List.of(), result.problems());
      assertEquals(2, result.looked());
      assertSwept(there, Guard.IMMUTABLE);
      assertEquals(List.of(), store.temporaries());
    }
  }

  @Test
  void onlyGivenObjectsAreSwept() throws Exception {
    try (var there = prepared(TestVolume.plain(), Guard.NONE);
        var store = there.change()) {
      var none = new Sweep(store).sweep(List.of(SHARED, StoreTree.nameOf("never seen")));
      assertEquals(List.of(), none.removed());
      assertTrue(there.tree().exists(StoreTree.at(LONELY)));

      var result = new Sweep(store).sweep(List.of(LONELY));

      assertEquals(List.of(LONELY), result.removed());
      assertTrue(result.freed().bytes() > 0);
      assertSwept(there, Guard.NONE);
    }
  }

  @Test
  void sweepStopsWhenTold() throws Exception {
    try (var there = StoreTree.on(TestVolume.plain());
        var store = there.change()) {
      for (int i = 0; i < 5; i++) {
        there.adopted(store, "root/" + i, "content " + i);
      }
      var result =
          new Sweep(store).sweepAll((objects, _) -> objects < 2 ? Visit.GO_ON : Visit.STOP);

      assertEquals(2, result.looked());
    }
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void objectThatGetsANameMeanwhileIsPutBack(Guard guard) throws Exception {
    try (var there = prepared(TestVolume.ext4(), guard)) {
      var calls =
          new FaultyCalls(new NativeSystemCalls())
              .only(SystemCall.RENAMEAT2)
              .runBefore(1, () -> linkLonely(there));
      try (var store = there.change(calls)) {
        var result = new Sweep(store).sweep(List.of(LONELY));

        assertEquals(List.of(), result.removed());
        assertEquals(List.of(), result.problems());
        assertEquals(1, result.kept());
        assertEquals(List.of(), store.temporaries());
      }
      there.assertReads("root/c", "lonely");
      assertEquals(there.tree().id("root/c"), there.tree().id(StoreTree.at(LONELY)));
      assertEquals(guard == Guard.IMMUTABLE, there.isImmutable("root/c"));
    }
  }

  /// On a thread of its own, as a stranger's would be: calls of one thread share their memory.
  private static void linkLonely(StoreTree there) {
    var failures = new ArrayList<Throwable>();
    var stranger =
        Thread.ofPlatform()
            .name("stranger")
            .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
            .start(() -> linkNow(there));
    try {
      stranger.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    assertEquals(List.of(), failures);
  }

  private static void linkNow(StoreTree there) {
    try {
      there.tree().hardLink(StoreTree.at(LONELY), "root/c");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void directoryOrLinkInPlaceOfAnObjectIsNotTouched() throws Exception {
    try (var there = StoreTree.on(TestVolume.plain());
        var store = there.change()) {
      there.tree().file("root/victim", "precious").symlink(StoreTree.at(LONELY), "/etc/passwd");

      var one = new Sweep(store).sweep(List.of(LONELY));
      var all = new Sweep(store).sweepAll(Progress.UNWATCHED);

      assertEquals(1, one.problems().size());
      assertEquals(1, all.problems().size());
      assertTrue(there.tree().exists(StoreTree.at(LONELY)));
    }
  }

  private static void sweep(StoreTree there, SystemCalls calls) throws Exception {
    try (var store = there.change(calls)) {
      new Sweep(store).sweepAll(Progress.UNWATCHED);
    }
  }

  private static Scenario<StoreTree> sweepUnder(Guard guard) {
    return new Scenario<>(
        () -> prepared(TestVolume.ext4(), guard),
        SweepTest::sweep,
        there -> {
          there.assertReads("root/a", "shared");
          try (var store = there.change()) {
            assertEquals(List.of(), new Sweep(store).finishInterrupted().problems());
            assertEquals(List.of(), store.temporaries());
            assertEquals(List.of(), new Sweep(store).sweepAll(Progress.UNWATCHED).problems());
          }
          assertSwept(there, guard);
        });
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void crashAtAnyCallLosesNothing(Guard guard) {
    long crashes = CrashLoop.everyCall(sweepUnder(guard));

    assertTrue(crashes > 30, "crashes: " + crashes);
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void faultAtAnyCallLosesNothing(Guard guard) {
    long faults = FaultLoop.everyCall(sweepUnder(guard), Errno.EIO, Errno.EPERM);

    assertTrue(faults > 100, "faults: " + faults);
  }

  @Test
  void interruptedSweepIsPutBack() throws Exception {
    try (var there = prepared(TestVolume.ext4(), Guard.IMMUTABLE);
        var store = there.change()) {
      interrupt(there, SHARED);

      var result = new Sweep(store).finishInterrupted();

      assertEquals(List.of(), result.problems());
      assertEquals(List.of(), result.removed());
      assertEquals(there.tree().id("root/a"), there.tree().id(StoreTree.at(SHARED)));
      assertTrue(there.isImmutable("root/a"));
    }
  }

  /// As a sweep leaves it that is killed with the object aside.
  private static String interrupt(StoreTree there, ObjectName name) throws IOException {
    String aside =
        "store/tmp/"
            + new String(TemporaryNames.swept(name), java.nio.charset.StandardCharsets.US_ASCII);
    there.tree().flags(StoreTree.at(name), 0).move(StoreTree.at(name), aside);
    return aside;
  }

  @Test
  void interruptedObjectWithoutOtherNamesGivesWayToItsSuccessor() throws Exception {
    try (var there = prepared(TestVolume.plain(), Guard.NONE);
        var store = there.change()) {
      interrupt(there, LONELY);
      there.adopted(store, "root/b", "lonely");

      var result = new Sweep(store).finishInterrupted();

      assertEquals(List.of(LONELY), result.removed());
      assertEquals(List.of(), store.temporaries());
      assertEquals(there.tree().id("root/b"), there.tree().id(StoreTree.at(LONELY)));
    }
  }

  @Test
  void interruptedObjectThatIsStillSharedBecomesTheNextGeneration() throws Exception {
    try (var there = prepared(TestVolume.plain(), Guard.NONE);
        var store = there.change()) {
      interrupt(there, SHARED);
      there.adopted(store, "root/b", "shared");

      var result = new Sweep(store).finishInterrupted();

      assertEquals(List.of(), result.problems());
      assertEquals(List.of(), store.temporaries());
      assertEquals(there.tree().id("root/b"), there.tree().id(StoreTree.at(SHARED)));
      assertEquals(
          there.tree().id("root/a"), there.tree().id(StoreTree.at(SHARED.withGeneration(1))));
    }
  }

  @Test
  void foreignNamesInTmpAreLeftAlone() throws Exception {
    try (var there = prepared(TestVolume.plain(), Guard.NONE);
        var store = there.change()) {
      String aside = interrupt(there, LONELY);
      there
          .tree()
          .remove(aside)
          .symlink(aside, "/etc/passwd")
          .file("store/tmp/g-nothing", "x")
          .file("store/tmp/notes", "mine");

      var result = new Sweep(store).finishInterrupted();

      assertEquals(1, result.problems().size());
      assertEquals(3, store.temporaries().size());
    }
  }
}
