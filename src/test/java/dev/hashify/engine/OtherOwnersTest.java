package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hashify.engine.Unification.Root;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Roots of user namespaces: ids shifted, or without any meaning to whoever runs the program.
class OtherOwnersTest {

  private static final int SHIFT = 100_000;
  private static final int SIZE = 30_000;
  private static final long NANOS = 1_700_000_000_000_000_000L;

  /// Another user, who may read all: the class path, too.
  private static final List<String> SOMEBODY =
      List.of(
          "setpriv",
          "--reuid=1000",
          "--regid=1000",
          "--clear-groups",
          "--inh-caps=+dac_read_search",
          "--ambient-caps=+dac_read_search");

  /// Files of several owners in each root; the ids of `shifted` are those of `plain` and the shift.
  private static void makeShifted(Tree tree) throws IOException {
    for (int id : List.of(0, 33)) {
      for (String root : List.of("plain", "shifted")) {
        String path = root + "/of" + id;
        tree.bytes(path, new byte[SIZE]).modified(path, NANOS);
        int shifted = root.equals("plain") ? id : id + SHIFT;
        tree.owner(path, shifted, shifted);
      }
    }
  }

  @Test
  void shiftedIdsAreToldAsTheReasonAndNothingIsSharedAcross() throws IOException {
    try (Tree tree = TestVolume.ext4().tree()) {
      makeShifted(tree);
      var roots = Root.of(List.of(tree.path("plain"), tree.path("shifted")));
      var runs = Unification.in(tree.path("store"));
      for (int night = 0; night < 2; night++) {
        var told = runs.later().real(Options.DEFAULT, roots);
        assertEquals(0, told.counts().shared());
        assertEquals(4, told.counts().refused().get(Refusal.OTHER_OWNER), told::toString);
        assertEquals(0, told.counts().problems());
      }
      for (int id : List.of(0, 33)) {
        assertNotEquals(tree.id("plain/of" + id), tree.id("shifted/of" + id));
        assertEquals(id + SHIFT, tree.stat("shifted/of" + id).uid());
      }
    }
  }

  /// A dry run tells of each path once: what the last run said of a file that has a partner now is
  /// not told besides.
  @Test
  void ownerIsNoReasonAnyMoreOnceThereIsAPartner() throws IOException {
    try (Tree tree = TestVolume.ext4().tree()) {
      makeShifted(tree);
      var roots = Root.of(List.of(tree.path("plain"), tree.path("shifted")));
      var runs = Unification.in(tree.path("store"));
      runs.later().real(Options.DEFAULT, roots);
      // Its path is the first, so it is kept, and what the record speaks of is the duplicate.
      String partner = "plain/early/of0";
      tree.bytes(partner, new byte[SIZE]).modified(partner, NANOS).owner(partner, 0, 0);

      var told = runs.later().dry(Options.DEFAULT, roots);

      assertEquals(paths(tree, "plain/of0"), told.shared().keySet());
      assertEquals(paths(tree, "plain/of33", "shifted/of0", "shifted/of33"), ofOtherOwner(told));
      assertEquals(3, told.counts().refused().get(Refusal.OTHER_OWNER), told::toString);
    }
  }

  private static Set<TreePath> paths(Tree tree, String... names) {
    return Stream.of(names)
        .map(name -> TreePath.of(tree.path(name).toString()))
        .collect(Collectors.toSet());
  }

  private static Set<TreePath> ofOtherOwner(Unification.Told told) {
    return told.refused().entrySet().stream()
        .filter(entry -> entry.getValue() == Refusal.OTHER_OWNER)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Test
  void shiftedIdsDoNotMatterToReflinks() throws IOException {
    try (Tree tree = TestVolume.xfs().tree()) {
      makeShifted(tree);
      var roots = Root.of(List.of(tree.path("plain"), tree.path("shifted")));
      var told =
          Unification.in(tree.path("store"))
              .real(Options.REFLINK.ignoring(dev.hashify.plan.IdentityKey.NAME), roots);
      assertEquals(3, told.counts().shared());
      assertEquals(33 + SHIFT, tree.stat("shifted/of33").uid());
    }
  }

  private static List<String> arguments(Tree tree, List<String> how) {
    List<String> arguments = new ArrayList<>(List.of("unify", "-v", "--no-default-rules"));
    arguments.addAll(how);
    arguments.addAll(List.of("--store", tree.path("home/store").toString()));
    arguments.addAll(List.of(tree.path("one").toString(), tree.path("other").toString()));
    return arguments;
  }

  /// Who has no id in a namespace is shown there as one and the same stranger: the two files look
  /// equal.
  @Test
  void filesOfOwnersWithoutAnIdInOurNamespaceAreRefusedAndNoProblem() throws IOException {
    List<String> prefix = List.of("unshare", "-Ur");
    assumeTrue(Command.attempt(List.of("unshare", "-Ur", "true")).exitCode() == 0);
    try (Tree tree = TestVolume.ext4().tree()) {
      int owner = SHIFT;
      for (String root : List.of("one", "other")) {
        String path = root + "/f";
        tree.bytes(path, new byte[SIZE]).modified(path, NANOS).owner(path, owner, owner);
        owner += SHIFT;
      }
      tree.directory("home");
      var roots = List.of(tree.path("one"), tree.path("other"));
      var before = TreeFingerprint.of(roots);
      var ended =
          ChildRuns.run(prefix, arguments(tree, List.of("--share", "hardlink", "--guard", "none")));
      assertEquals(0, ended.exitCode(), ended::output);
      assertTrue(ended.output().contains(Refusal.NOT_OWNED.text()), ended::output);
      TreeFingerprint.assertIdentical(before, TreeFingerprint.of(roots));
    }
  }

  /// The kernel shares blocks only of files that one may write to.
  @ParameterizedTest
  @ValueSource(strings = {"xfs", "btrfs"})
  void filesOfOthersGetNoNewBlocks(String name) throws IOException {
    TestVolume volume = name.equals("xfs") ? TestVolume.xfs() : TestVolume.btrfs();
    try (Tree tree = volume.tree()) {
      for (String root : List.of("one", "other")) {
        tree.bytes(root + "/f", new byte[SIZE]).modified(root + "/f", NANOS);
      }
      tree.directory("home").owner("home", 1000, 1000);
      Command.run("sync", "-f", tree.root().toString());
      var ended = ChildRuns.run(SOMEBODY, arguments(tree, List.of("--share", "reflink")));
      assertEquals(0, ended.exitCode(), ended::output);
      assertTrue(ended.output().contains(Refusal.NOT_PERMITTED.text()), ended::output);
      assertTrue(Blocks.groups(tree, ".").isEmpty());
    }
  }
}
