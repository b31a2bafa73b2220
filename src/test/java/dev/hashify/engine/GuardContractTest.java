package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.FileAttributes;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.report.RunMode;
import dev.hashify.report.RunReport;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What a root sees of what is done in another one to a file they share. What each guard makes of
/// each deed is measured by [GuardTableTest].
///
/// ```
/// a/f  b/f        the same
/// c/f             the same, made later
/// store/          the store
/// ```
@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class GuardContractTest {

  private static final String TEXT = "the same text in all roots";
  private static final long MODIFIED = 1_700_000_000_123_456_789L;

  private final Tree tree;

  GuardContractTest(TestVolume volume) throws IOException {
    tree = volume.tree();
    make("a");
    make("b");
  }

  @AfterEach
  void takeAway() throws IOException {
    tree.close();
  }

  private void make(String root) throws IOException {
    tree.file(root + "/f", TEXT).modified(root + "/f", MODIFIED);
  }

  /// What a user sees of a file.
  private record Seen(
      String text, int mode, int uid, int gid, long modifiedNanos, ExtendedAttributes attributes) {}

  private Seen seen(String root) throws IOException {
    var stat = tree.stat(root + "/f");
    try (var file = tree.open(root + "/f")) {
      return new Seen(
          tree.text(root + "/f"),
          stat.mode(),
          stat.uid(),
          stat.gid(),
          stat.modifiedNanos(),
          RealLinux.LINUX.attributes().extended(file));
    }
  }

  private Runs runs(GuardChoice guard) {
    return new Runs(guard, tree.path("store"), Set.of());
  }

  private RunReport unify(GuardChoice guard, String... roots) throws Exception {
    return runs(guard).unify(RunMode.REAL, List.of(roots).stream().map(tree::path).toList());
  }

  private static List<Deed> deeds() {
    return Stream.of(Deed.values()).filter(deed -> !deed.isHeld()).toList();
  }

  private void act(Deed deed) throws IOException {
    deed.to(Tree.in(tree.path("a")), "f", Tree.in(tree.path("b")));
  }

  private void write(String root) throws IOException {
    Deed.WRITE.to(Tree.in(tree.path(root)), "f", Tree.in(tree.path("b")));
  }

  private boolean isGuarded(String root) throws IOException {
    return (tree.stat(root + "/f").attributes() & FileAttributes.IMMUTABLE) != 0;
  }

  @Test
  void immutableRefusesEveryDeedAndNobodySeesAny() throws Exception {
    assertEquals(1, unify(GuardChoice.IMMUTABLE, "a", "b").counts().shared());
    Seen before = seen("b");
    for (Deed deed : deeds()) {
      assertThrows(IOException.class, () -> act(deed), deed::toString);
      assertEquals(before, seen("a"), deed::toString);
      assertEquals(before, seen("b"), deed::toString);
    }
    assertEquals(tree.id("a/f"), tree.id("b/f"));
  }

  @Test
  void withoutGuardWhatIsDoneToTheFileIsSeenByAllAndWhatIsDoneToTheNameByNone() throws Exception {
    for (Deed deed : deeds()) {
      clean();
      RunReport report = unify(GuardChoice.NONE, "a", "b");
      assertEquals(1, report.counts().shared(), () -> deed + " " + report);
      Seen before = seen("b");
      act(deed);
      if (deed.kind() == Deed.Kind.TO_THE_FILE) {
        assertNotEquals(before, seen("b"), deed::toString);
        assertEquals(seen("a"), seen("b"), deed::toString);
      } else {
        assertEquals(before, seen("b"), deed::toString);
      }
    }
  }

  /// Files and a store that know nothing of the deed before.
  private void clean() throws IOException {
    Command.run("rm", "-rf", tree.path("store").toString());
    for (String root : List.of("a", "b")) {
      for (String name : List.of("f", "f.away", "f.linked")) {
        Files.deleteIfExists(tree.path(root + "/" + name));
      }
      make(root);
    }
  }

  @Test
  void descriptorOpenForWritingBeforeKeepsAFileFromBeingShared() throws Exception {
    try (var channel = FileChannel.open(tree.path("a/f"), StandardOpenOption.WRITE)) {
      for (GuardChoice guard : List.of(GuardChoice.NONE, GuardChoice.IMMUTABLE)) {
        RunReport report = unify(guard, "a", "b");
        assertEquals(0, report.counts().shared());
        assertEquals(1, report.counts().refusedTotal());
      }
      channel.write(ByteBuffer.wrap("X".getBytes(UTF_8)));
    }
    assertEquals(TEXT, tree.text("b/f"));
    assertTrue(tree.text("a/f").startsWith("X"));
  }

  @Test
  void descriptorOpenForReadingBeforeReadsOn() throws Exception {
    try (var a = FileChannel.open(tree.path("a/f"));
        var b = FileChannel.open(tree.path("b/f"))) {
      assertEquals(1, unify(GuardChoice.IMMUTABLE, "a", "b").counts().shared());
      for (var channel : List.of(a, b)) {
        var bytes = ByteBuffer.allocate(TEXT.length());
        channel.read(bytes, 0);
        assertEquals(TEXT, new String(bytes.array(), UTF_8));
      }
    }
  }

  @Test
  void releasedRootCanBeDeletedAndTheOtherStays() throws Exception {
    unify(GuardChoice.IMMUTABLE, "a", "b");
    runs(GuardChoice.IMMUTABLE).release(List.of(tree.path("a")));
    Files.delete(tree.path("a/f"));
    assertEquals(TEXT, tree.text("b/f"));
  }

  @Test
  void newDuplicateJoinsAGuardedObjectAndTheGuardIsOnAgain() throws Exception {
    unify(GuardChoice.IMMUTABLE, "a", "b");
    make("c");
    assertEquals(1, unify(GuardChoice.IMMUTABLE, "a", "b", "c").counts().shared());
    assertEquals(tree.id("a/f"), tree.id("c/f"));
    assertTrue(isGuarded("c"));
    assertThrows(IOException.class, () -> write("c"));
  }

  @Test
  void guardThatAKillLeftOffIsOnAgainAfterTheNextRun() throws Exception {
    unify(GuardChoice.IMMUTABLE, "a", "b");
    make("c");
    var calls = new FaultyCalls(new NativeSystemCalls()).only(SystemCall.LINKAT).crashAt(1);
    try {
      runs(GuardChoice.IMMUTABLE)
          .unify(calls, RunMode.REAL, List.of(tree.path("a"), tree.path("b"), tree.path("c")));
    } catch (Error end) {
      assertTrue(calls.hasCrashed(), end::toString);
    }
    assertTrue(calls.hasCrashed());
    assertFalse(isGuarded("a"), "the kill came while the guard was off");
    assertEquals(0, unify(GuardChoice.IMMUTABLE, "a", "b").counts().problems());
    assertTrue(isGuarded("a"));
    assertEquals(TEXT, tree.text("c/f"));
    assertEquals(InodeFlags.IMMUTABLE, flags("b/f") & InodeFlags.IMMUTABLE);
  }

  private int flags(String path) throws IOException {
    try (var file = tree.open(path)) {
      return RealLinux.LINUX.attributes().flags(file);
    }
  }
}
