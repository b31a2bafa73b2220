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
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What a root sees of what is done in another one to a file they share.
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

  /// What a program may do to a file, and what becomes of it if nothing guards the file.
  private enum Deed {
    WRITE(Effect.ON_ALL),
    APPEND(Effect.ON_ALL),
    TRUNCATE(Effect.ON_ALL),
    MAPPED_STORE(Effect.ON_ALL),
    CHMOD(Effect.ON_ALL),
    CHOWN(Effect.ON_ALL),
    SET_TIMES(Effect.ON_ALL),
    SET_ATTRIBUTE(Effect.ON_ALL),
    UNLINK(Effect.ON_ONE),
    RENAME_OVER(Effect.ON_ONE),
    RENAME_AWAY(Effect.ON_ONE),
    LINK(Effect.ON_NONE);

    final Effect withoutGuard;

    Deed(Effect withoutGuard) {
      this.withoutGuard = withoutGuard;
    }

    void to(Tree tree, String root) throws IOException {
      String name = root + "/f";
      Path file = tree.path(name);
      switch (this) {
        case WRITE -> write(file, StandardOpenOption.WRITE);
        case APPEND -> write(file, StandardOpenOption.APPEND);
        case TRUNCATE -> write(file, StandardOpenOption.TRUNCATE_EXISTING);
        case MAPPED_STORE -> store(file);
        case CHMOD -> tree.mode(name, 0600);
        case CHOWN -> tree.owner(name, 1234, 1234);
        case SET_TIMES -> tree.modified(name, 1);
        case SET_ATTRIBUTE -> tree.attribute(name, "user.note", "new".getBytes(UTF_8));
        case UNLINK -> Files.delete(file);
        case RENAME_OVER -> {
          tree.file(root + "/new", "a new file");
          Files.move(tree.path(root + "/new"), file, StandardCopyOption.REPLACE_EXISTING);
        }
        case RENAME_AWAY -> Files.move(file, tree.path(root + "/away"));
        case LINK -> Files.createLink(tree.path(root + "/linked"), file);
      }
    }

    private static void write(Path file, StandardOpenOption how) throws IOException {
      Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.WRITE, how);
      try (var channel = FileChannel.open(file, options)) {
        channel.write(ByteBuffer.wrap("X".getBytes(UTF_8)));
      }
    }

    private static void store(Path file) throws IOException {
      try (var arena = Arena.ofConfined();
          var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.map(MapMode.READ_WRITE, 0, 1, arena).set(ValueLayout.JAVA_BYTE, 0, (byte) 'X');
      }
    }
  }

  /// Whom a deed in one root changes.
  private enum Effect {
    ON_ALL,
    ON_ONE,
    ON_NONE
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

  private boolean isGuarded(String root) throws IOException {
    return (tree.stat(root + "/f").attributes() & FileAttributes.IMMUTABLE) != 0;
  }

  @Test
  void immutableRefusesEveryDeedAndNobodySeesAny() throws Exception {
    assertEquals(1, unify(GuardChoice.IMMUTABLE, "a", "b").counts().shared());
    Seen before = seen("b");
    for (Deed deed : Deed.values()) {
      assertThrows(IOException.class, () -> deed.to(tree, "a"), deed::toString);
      assertEquals(before, seen("a"), deed::toString);
      assertEquals(before, seen("b"), deed::toString);
    }
    assertEquals(tree.id("a/f"), tree.id("b/f"));
  }

  @Test
  void withoutGuardWhatIsDoneToTheFileIsSeenByAllAndWhatIsDoneToTheNameByNone() throws Exception {
    for (Deed deed : Deed.values()) {
      clean();
      RunReport report = unify(GuardChoice.NONE, "a", "b");
      assertEquals(1, report.counts().shared(), () -> deed + " " + report);
      Seen before = seen("b");
      deed.to(tree, "a");
      if (deed.withoutGuard == Effect.ON_ALL) {
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
      for (String name : List.of("f", "away", "linked")) {
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
    assertThrows(IOException.class, () -> Deed.WRITE.to(tree, "c"));
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
