package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.cli.Main;
import dev.hashify.file.Refusal;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The program as a user without any privilege runs it over files of his own.
///
/// ```
/// program/             the class path, where he can read it
/// home/one  home/other his roots
/// home/store           his store
/// ```
class OrdinaryUserTest {

  private static final int USER = 1000;
  private static final int SIZE = 30_000;
  private static final long NANOS = 1_700_000_000_123_456_789L;

  private static Tree home(TestVolume volume) throws IOException {
    Tree tree = volume.tree();
    // The directory that the volume is mounted in is closed to others.
    Command.run("chmod", "a+x", volume.root().resolve("..").toString());
    for (String root : List.of("home/one", "home/other")) {
      tree.bytes(root + "/d/f", new byte[SIZE]).modified(root + "/d/f", NANOS);
      tree.file(root + "/own", "only in " + root);
    }
    Command.run("chown", "-R", USER + ":" + USER, tree.path("home").toString());
    Files.createDirectory(tree.path("program"));
    return tree;
  }

  private static Command.Result run(Tree tree, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=" + USER,
                "--regid=" + USER,
                "--clear-groups",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--no-new-privs"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:-UsePerfData"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", classPath(tree)));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return Command.attempt(command);
  }

  /// A copy of ours, because the original may lie where only the superuser gets to.
  private static String classPath(Tree tree) throws IOException {
    List<String> copies = new ArrayList<>();
    int number = 0;
    var given = new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
    while (given.hasMoreTokens()) {
      String each = given.nextToken();
      if (Files.exists(Path.of(each))) {
        Path copy = tree.path("program/" + number++);
        if (!Files.exists(copy)) {
          Command.run("cp", "-r", each, copy.toString());
          Command.run("chmod", "-R", "a+rX", copy.toString());
        }
        copies.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static String[] arguments(Tree tree, String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    all.addAll(List.of("--store", tree.path("home/store").toString()));
    all.addAll(List.of(tree.path("home/one").toString(), tree.path("home/other").toString()));
    return all.toArray(String[]::new);
  }

  private static TreeFingerprint fingerprint(Tree tree) throws IOException {
    return TreeFingerprint.of(List.of(tree.path("home/one"), tree.path("home/other")));
  }

  @ParameterizedTest
  @MethodSource("dev.hashify.testkit.TestVolume#all")
  void sharesAndBreaksHisOwnFiles(TestVolume volume) throws IOException {
    try (Tree tree = home(volume)) {
      var before = fingerprint(tree);
      String[] unify =
          arguments(tree, "unify", "--share", "hardlink", "--guard", "none", "--no-default-rules");
      for (int night = 0; night < 2; night++) {
        var done = run(tree, unify);
        assertEquals(0, done.exitCode(), done::output);
        assertEquals(tree.id("home/one/d/f"), tree.id("home/other/d/f"));
        TreeFingerprint.assertSameExceptInodes(before, fingerprint(tree));
      }
      assertEquals(USER, tree.stat("home/store").uid());
      var broken = run(tree, arguments(tree, "break"));
      assertEquals(0, broken.exitCode(), broken::output);
      assertNotEquals(tree.id("home/one/d/f"), tree.id("home/other/d/f"));
      TreeFingerprint.assertSameExceptInodes(before, fingerprint(tree));
    }
  }

  @Test
  void sharesTheBlocksOfHisOwnFiles() throws IOException {
    try (Tree tree = home(TestVolume.xfs())) {
      Command.run("sync", "-f", tree.root().toString());
      var before = fingerprint(tree);
      var done = run(tree, arguments(tree, "unify", "--no-default-rules"));
      assertEquals(0, done.exitCode(), done::output);
      assertTrue(Blocks.areShared(tree, "home/one/d/f", "home/other/d/f"), done::output);
      TreeFingerprint.assertIdentical(before, fingerprint(tree));
    }
  }

  /// He can read them, but nobody tells him who writes to them.
  @Test
  void leavesFilesOfOthersAlone() throws IOException {
    try (Tree tree = home(TestVolume.ext4())) {
      for (String root : List.of("home/one", "home/other")) {
        tree.owner(root + "/d/f", 0, 0);
      }
      var before = fingerprint(tree);
      var done = run(tree, arguments(tree, "unify", "--guard", "none", "--no-default-rules", "-v"));
      assertEquals(0, done.exitCode(), done::output);
      assertTrue(done.output().contains(Refusal.NOT_OWNED.text()), done::output);
      assertNotEquals(tree.id("home/one/d/f"), tree.id("home/other/d/f"));
      TreeFingerprint.assertSameBut(Set.of(), before, fingerprint(tree));
    }
  }

  /// Setting the attribute takes a capability.
  @Test
  void isToldThatHeCannotGuard() throws IOException {
    try (Tree tree = home(TestVolume.ext4())) {
      var before = fingerprint(tree);
      var done = run(tree, arguments(tree, "unify", "--guard", "immutable", "--no-default-rules"));
      assertNotEquals(0, done.exitCode(), done::output);
      assertNotEquals(70, done.exitCode(), done::output);
      assertTrue(done.output().contains("EPERM"), done::output);
      TreeFingerprint.assertSameExceptInodes(before, fingerprint(tree));
      assertNotEquals(tree.id("home/one/d/f"), tree.id("home/other/d/f"));
    }
  }
}
