package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.testkit.Command;
import dev.hashify.testkit.Invariants;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.TestVolume.Kind;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The program on file systems that are really full, in a process of its own.
///
/// ```
/// a/d/0 … 39  b/d/0 … 39  c/d/0 … 39   equal by number, 12 kB each
/// fill/...                             all the rest of the file system
/// ```
@ParameterizedClass
@MethodSource("volumes")
class FullDiskTest {

  private static final int FILES = 40;
  private static final int SIZE = 12_000;
  private static final long NANOS = 1_700_000_000_123_456_789L;
  private static final List<String> ROOTS = List.of("a", "b", "c");

  private final TestVolume volume;
  private final Tree tree;

  FullDiskTest(Kind kind) throws IOException {
    int mebibytes =
        switch (kind) {
          case XFS -> 300;
          case BTRFS -> 120;
          case EXT4, PLAIN -> 48;
        };
    volume = TestVolume.own(kind, mebibytes);
    tree = volume.tree();
  }

  static Stream<Kind> volumes() {
    return Stream.of(Kind.EXT4, Kind.XFS, Kind.BTRFS);
  }

  @BeforeEach
  void makeRoots() throws IOException {
    make(0, FILES);
    tree.directory("fill");
  }

  private void make(int from, int to) throws IOException {
    for (String root : ROOTS) {
      for (int i = from; i < to; i++) {
        byte[] content = new byte[SIZE];
        Arrays.fill(content, (byte) i);
        tree.bytes(root + "/d/" + i, content).modified(root + "/d/" + i, NANOS);
      }
      tree.modified(root + "/d", NANOS).modified(root, NANOS);
    }
  }

  @AfterEach
  void takeAway() throws IOException {
    tree.close();
    volume.close();
  }

  /// Writes until the file system takes nothing more, down to the last small file, then takes back
  /// some.
  private void fill(int kibibytesLeft) throws IOException {
    Files.write(tree.path("fill/reserve"), new byte[kibibytesLeft * 1024]);
    int number = 0;
    for (int size : List.of(1 << 20, 1 << 16, 1 << 12)) {
      boolean isFull = false;
      while (!isFull) {
        isFull = !isWritten(tree.path("fill/" + number++), size);
      }
      Command.run("sync", "-f", tree.root().toString());
    }
    Files.delete(tree.path("fill/reserve"));
    Command.run("sync", "-f", tree.root().toString());
  }

  private static boolean isWritten(Path file, int size) {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] bytes = new byte[size];
      Arrays.fill(bytes, (byte) 'x');
      out.write(bytes);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  private TreeFingerprint fingerprint() throws IOException {
    return TreeFingerprint.of(ROOTS.stream().map(tree::path).toList());
  }

  private Command.Result run(String... command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--store", tree.path("store").toString()));
    ROOTS.forEach(root -> arguments.add(tree.path(root).toString()));
    return ChildRuns.run(List.of(), arguments);
  }

  private Command.Result unify() throws IOException {
    return run("unify", "--share", "hardlink", "--guard", "none", "--no-default-rules", "-q");
  }

  /// Fails unless a run did its work, or said why it could not.
  private static void assertDoneOrToldSo(Command.Result done) {
    assertTrue(List.of(0, 1, 3, 4).contains(done.exitCode()), done::output);
    if (done.exitCode() != 0) {
      // LMDB is told of a write that came to less than it should, and not why.
      boolean isTold =
          done.output().contains("ENOSPC") || done.output().contains("the disk is full");
      assertTrue(isTold, done::output);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64})
  void nothingIsLostAndTheNextRunWithSpaceDoesItAll(int kibibytesLeft) throws IOException {
    fill(kibibytesLeft);
    var before = fingerprint();
    for (int night = 0; night < 2; night++) {
      assertDoneOrToldSo(unify());
      TreeFingerprint.assertSameExceptInodes(before, fingerprint());
    }
    Command.run("rm", "-rf", tree.path("fill").toString());
    var done = unify();
    assertEquals(0, done.exitCode(), done::output);
    TreeFingerprint.assertSameExceptInodes(before, fingerprint());
    assertEquals(FILES, fingerprint().inodeGroups().size());
    Invariants.noLeftovers(tree.path("store/tmp"));
    Invariants.noLeftovers(tree.path("store/journal"));
  }

  /// Copies take space: where it is known beforehand that there is none, nothing is begun.
  @Test
  void breakLosesNothing() throws IOException {
    assertEquals(0, unify().exitCode());
    fill(64);
    var before = fingerprint();
    assertDoneOrBrokenOff(run("break"));
    TreeFingerprint.assertSameExceptInodes(before, fingerprint());
    Command.run("rm", "-rf", tree.path("fill").toString());
    var done = run("break");
    assertEquals(0, done.exitCode(), done::output);
    TreeFingerprint.assertSameExceptInodes(before, fingerprint());
    assertEquals(0, fingerprint().inodeGroups().size());
    Invariants.noLeftovers(tree.path("store/tmp"));
    Invariants.noLeftovers(tree.path("store/journal"));
  }

  private void assertDoneOrBrokenOff(Command.Result done) {
    assertTrue(List.of(0, 1, 3, 4).contains(done.exitCode()), done::output);
    if (volume.kind() == Kind.EXT4) {
      assertEquals(1, done.exitCode(), done::output);
      assertTrue(done.output().contains("nothing was broken: the copies need"), done::output);
    }
  }
}
