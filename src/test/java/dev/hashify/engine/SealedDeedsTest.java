package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.FileMode;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.Verity;
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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// What two roots see of what the super-user does in one of them to a file they share under a seal.
///
/// Each deed has a file of its own in the roots `a` and `b`, which is named as the deed.
@Tag(Verity.TAG)
class SealedDeedsTest {

  private static final long MODIFIED = 1_700_000_000_123_456_789L;

  /// What becomes of a deed.
  private enum Effect {
    FAILS,
    SEEN_BY_ALL,
    SEEN_THERE_ONLY,
    SEEN_BY_NONE
  }

  private enum Deed {
    WRITE(Effect.FAILS),
    APPEND(Effect.FAILS),
    OPEN_TRUNCATING(Effect.FAILS),
    TRUNCATE(Effect.FAILS),
    PUNCH_HOLE(Effect.FAILS),
    MAPPED_STORE(Effect.FAILS),
    CHMOD(Effect.SEEN_BY_ALL),
    CHOWN(Effect.SEEN_BY_ALL),
    SET_TIMES(Effect.SEEN_BY_ALL),
    SET_ATTRIBUTE(Effect.SEEN_BY_ALL),
    UNLINK(Effect.SEEN_THERE_ONLY),
    RENAME_OVER(Effect.SEEN_THERE_ONLY),
    RENAME_AWAY(Effect.SEEN_THERE_ONLY),
    LINK(Effect.SEEN_BY_NONE);

    final Effect expected;

    Deed(Effect expected) {
      this.expected = expected;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    void to(Tree tree, String name) throws IOException {
      Path file = tree.path(name);
      switch (this) {
        case WRITE -> write(file, StandardOpenOption.WRITE);
        case APPEND -> write(file, StandardOpenOption.APPEND);
        case OPEN_TRUNCATING -> write(file, StandardOpenOption.TRUNCATE_EXISTING);
        case TRUNCATE -> truncate(tree, name);
        case PUNCH_HOLE -> Command.run("fallocate", "-p", "-o", "0", "-l", "8", file.toString());
        case MAPPED_STORE -> store(file);
        case CHMOD -> tree.mode(name, 0600);
        case CHOWN -> tree.owner(name, 1234, 1234);
        case SET_TIMES -> tree.modified(name, 1);
        case SET_ATTRIBUTE -> tree.attribute(name, "user.note", "new".getBytes(UTF_8));
        case UNLINK -> Files.delete(file);
        case RENAME_OVER -> {
          tree.file("new", "a new file");
          Files.move(tree.path("new"), file, StandardCopyOption.REPLACE_EXISTING);
        }
        case RENAME_AWAY -> Files.move(file, tree.path(name + "-away"));
        case LINK -> Files.createLink(tree.path(name + "-linked"), file);
      }
    }

    private static void truncate(Tree tree, String name) throws IOException {
      try (var open = tree.open(name)) {
        RealLinux.LINUX.content().truncateAgain(open, 1);
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

  /// What a user sees of a file.
  private record Seen(
      String text, int permissions, int uid, int gid, long modified, ExtendedAttributes more) {}

  private final Tree tree;

  SealedDeedsTest() throws IOException {
    tree = TestVolume.ext4().tree();
  }

  @AfterEach
  void takeAway() throws IOException {
    tree.close();
  }

  private Seen seen(String name) throws IOException {
    if (!tree.exists(name)) {
      return new Seen("", 0, 0, 0, 0, ExtendedAttributes.NONE);
    }
    var stat = tree.stat(name);
    try (var file = tree.open(name)) {
      return new Seen(
          tree.text(name),
          stat.mode() & ~FileMode.TYPE_MASK,
          stat.uid(),
          stat.gid(),
          stat.modifiedNanos(),
          RealLinux.LINUX.attributes().extended(file));
    }
  }

  private Effect effect(Deed deed, StringJoiner row) throws IOException {
    String here = "a/" + deed.text();
    String there = "b/" + deed.text();
    Seen before = seen(there);
    try {
      deed.to(tree, here);
    } catch (IOException refused) {
      assertEquals(before, seen(here), deed::text);
      assertEquals(before, seen(there), deed::text);
      row.add(deed.text() + ": " + why(refused));
      return Effect.FAILS;
    }
    Effect effect =
        !seen(there).equals(before)
            ? Effect.SEEN_BY_ALL
            : seen(here).equals(before) ? Effect.SEEN_BY_NONE : Effect.SEEN_THERE_ONLY;
    row.add(deed.text() + ": " + effect.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    return effect;
  }

  private static String why(IOException refused) {
    String message = String.valueOf(refused.getMessage());
    return message.contains("not permitted") || message.contains("EPERM") ? "EPERM" : message;
  }

  @Test
  void fileSystemWhoseSealedFilesCanBeTruncatedIsRefused() throws Exception {
    try (var other = TestVolume.btrfs().tree()) {
      Verity.require(other);
      for (String root : List.of("a", "b")) {
        other.file(root + "/f", "shared by both roots").modified(root + "/f", MODIFIED);
      }
      var roots = Root.of(List.of(other.path("a"), other.path("b")));
      var runs = Unification.in(other.path("store"));
      var request =
          runs.request(RunMode.REAL, Options.DEFAULT.withGuard(GuardChoice.VERITY), roots);
      if (Verity.canBeTruncated(other)) {
        RunException refused = assertThrows(RunException.class, () -> runs.tryUnify(request));
        assertTrue(refused.toString().contains("truncated"), refused::toString);
        assertFalse(Verity.isSealed(other.stat("a/f")));
        assertNotEquals(other.id("a/f"), other.id("b/f"));
      } else {
        assertEquals(1, runs.unify(request).counts().shared());
      }
    }
  }

  @Test
  void contentCannotBeChangedAndNamesAreEachRootsOwn(TestReporter reporter) throws Exception {
    Verity.require(tree);
    for (String root : List.of("a", "b")) {
      for (Deed deed : Deed.values()) {
        String name = root + "/" + deed.text();
        tree.file(name, "shared by both roots, for " + deed.text()).modified(name, MODIFIED);
      }
    }
    var told =
        Unification.in(tree.path("store"))
            .real(
                Options.DEFAULT.withGuard(GuardChoice.VERITY),
                Root.of(List.of(tree.path("a"), tree.path("b"))));
    assertEquals(Deed.values().length, told.counts().shared(), () -> told.report().toString());

    var row = new StringJoiner("; ");
    Map<Deed, Effect> expected = new EnumMap<>(Deed.class);
    Map<Deed, Effect> found = new EnumMap<>(Deed.class);
    for (Deed deed : Deed.values()) {
      expected.put(deed, deed.expected);
      found.put(deed, effect(deed, row));
    }
    reporter.publishEntry("hardlink, verity, ext4", row.toString());
    assertEquals(expected, found);
  }
}
