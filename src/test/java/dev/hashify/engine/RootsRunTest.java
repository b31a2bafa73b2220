package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.TreePath;
import dev.hashify.report.RootsReport;
import dev.hashify.roots.EnginePlace;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.Dweller;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Trees as engines keep them, on real file systems: what each is said to be, and runs over them by
/// the whole program.
class RootsRunTest {

  private static final String TEXT = "the same text in all roots";
  private static final String LAYERS =
      "[{\"id\":\"base\"},{\"id\":\"half\",\"flags\":{\"incomplete\":true}},"
          + "{\"id\":\"own\",\"parent\":\"base\"}]";

  private final List<Tree> trees = new ArrayList<>();

  @AfterEach
  void remove() throws IOException {
    for (var tree : trees) {
      tree.close();
    }
  }

  private Tree tree(TestVolume volume) throws IOException {
    Tree tree = volume.tree();
    trees.add(tree);
    return tree;
  }

  private static RootsReport find(String engine, Path place)
      throws RunException, InterruptedException {
    var wanted = EnginePlace.of(engine, Optional.of(TreePath.of(place.toString()))).orElseThrow();
    return new LocalOperations("hashify")
        .findRoots(
            new RootsRequest(List.of(wanted), Map.of(), List.of(), RootsRequest.Depth.FULL),
            new Cancellation());
  }

  /// `STATE GUARD NAME` of each, and why it is left out.
  private static List<String> said(RootsReport report) {
    assertEquals(List.of(), report.problems());
    return report.roots().stream()
        .map(root ->
            root.state().name().toLowerCase(Locale.ROOT)
                + " "
                + root.guard()
                + " "
                + root.name()
                + root.leftOut().map(why -> ": " + why).orElse(""))
        .toList();
  }

  private static String run(String... arguments) throws IOException {
    var result = ChildRuns.run(List.of(), List.of(arguments));
    assertEquals(0, result.exitCode(), result.output());
    return result.output();
  }

  private static Tree machines(Tree tree) throws IOException {
    for (byte[] name : List.of(new byte[] {'a'}, new byte[] {'b', (byte) 0xff, '\n'})) {
      TreePath file = TreePath.of("m").child(name).child("f");
      tree.bytes(file, TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      tree.modified(file, 1_700_000_000_000_000_000L);
    }
    return tree.symlink("m/link", "/").file("m/image.raw", "an image");
  }

  @Test
  void machinesOfAnyNameShare() throws IOException {
    Tree tree = machines(tree(TestVolume.ext4()));
    String output =
        run(
            "unify",
            "--guard",
            "none",
            "--engine",
            "nspawn=" + tree.path("m"),
            "--store",
            tree.path("store").toString());
    assertTrue(output.contains("2 roots, guard none"), output);
    assertTrue(output.contains("\nshared 1 file "), output);
    assertEquals(3, Files.getAttribute(tree.path("m/a/f"), "unix:nlink"));
  }

  @Test
  void machineInWhichAProgramRunsIsRunning()
      throws IOException, RunException, InterruptedException {
    Tree tree = machines(tree(TestVolume.ext4()));
    try (var _ = Dweller.livingIn(tree.path("m/a"))) {
      assertEquals(
          List.of(
              "running choose a",
              "stopped choose b\\xff\\n",
              "unknown  link: a symbolic link; name what it leads to"),
          said(find("nspawn", tree.path("m"))));
    }
  }

  @Test
  void blocksAreSharedWhereTheFileSystemCan()
      throws IOException, RunException, InterruptedException {
    Tree tree = machines(tree(TestVolume.xfs()));
    assertEquals("stopped reflink a", said(find("nspawn", tree.path("m"))).getFirst());
    assertEquals(
        "xfs",
        find("nspawn", tree.path("m")).roots().getFirst().mount().orElseThrow().fileSystem());
  }

  private Tree graph(Tree tree) throws IOException {
    tree.file("g/overlay-layers/layers.json", LAYERS);
    tree.file(
        "g/overlay-images/images.json",
        "[{\"id\":\"i\",\"layer\":\"base\",\"names\":[\"localhost/base:1\"]}]");
    tree.file(
        "g/overlay-containers/containers.json",
        "[{\"id\":\"c\",\"layer\":\"own\",\"names\":[\"web\"]}]");
    for (String layer : List.of("base", "half", "own", "strange")) {
      tree.directory("g/overlay/" + layer + "/diff");
    }
    return tree;
  }

  @Test
  void onlyFinishedLayersOfImagesAreTaken() throws IOException, RunException, InterruptedException {
    Tree tree = graph(tree(TestVolume.ext4()));
    RootsReport report = find("podman", tree.path("g"));
    assertEquals(
        List.of(
            "read_only_layer overlay localhost/base:1",
            "incomplete  : a layer that is not complete",
            "written  web: the layer that a container writes to",
            "unknown  : a layer that its records do not know"),
        said(report));
    assertEquals(List.of(TreePath.of(tree.path("g/overlay/.hashify").toString())), report.stores());
  }

  @Test
  void layerThatALiveMountWritesToIsNeverTaken()
      throws IOException, RunException, InterruptedException {
    Tree tree = graph(tree(TestVolume.ext4())).directory("lower").directory("w").directory("p");
    Path upper = tree.path("g/overlay/base/diff");
    Command.run(
        "mount",
        "-t",
        "overlay",
        "overlay",
        "-o",
        "lowerdir=%s,upperdir=%s,workdir=%s".formatted(tree.path("lower"), upper, tree.path("w")),
        tree.path("p").toString());
    try {
      assertEquals(
          "written  localhost/base:1: the overlay at " + tree.path("p") + " writes to it",
          said(find("podman", tree.path("g"))).getFirst());
    } finally {
      Command.run("umount", tree.path("p").toString());
    }
  }

  @Test
  void layersBelowASymbolicLinkAreJudgedByWhereTheyAre()
      throws IOException, RunException, InterruptedException {
    Tree tree = graph(tree(TestVolume.ext4())).file("elsewhere/f", TEXT);
    tree.move("g/overlay/base", "old")
        .symlink("g/overlay/base/diff", tree.path("elsewhere").toString());
    assertEquals(
        "unknown  : its engine's records are not where they should be",
        said(find("podman", tree.path("g"))).getFirst());
  }

  @Test
  void storeOfLayersIsNotUsedForOthersOnTheMount()
      throws IOException, RunException, InterruptedException {
    Tree tree = machines(graph(tree(TestVolume.ext4())));
    var engines =
        List.of(
            EnginePlace.of("podman", Optional.of(TreePath.of(tree.path("g").toString()))),
            EnginePlace.of("nspawn", Optional.of(TreePath.of(tree.path("m").toString()))));
    RootsReport report =
        new LocalOperations("hashify")
            .findRoots(
                new RootsRequest(
                    engines.stream().flatMap(Optional::stream).toList(),
                    Map.of(),
                    List.of(),
                    RootsRequest.Depth.USABLE),
                new Cancellation());
    assertEquals(List.of(), report.stores());
    assertEquals(3, report.roots().stream().filter(root -> root.isUsable()).count());
  }

  @Test
  void storeOfLayersIsNotUsedForRootsThatAreNamedBeside()
      throws IOException, RunException, InterruptedException {
    Tree tree = graph(tree(TestVolume.ext4())).directory("chroot");
    var podman = EnginePlace.of("podman", Optional.of(TreePath.of(tree.path("g").toString())));
    for (var beside : List.of(tree.path("chroot"), Path.of("/proc"))) {
      var request =
          new RootsRequest(
              podman.stream().toList(),
              Map.of(),
              List.of(TreePath.of(beside.toString())),
              RootsRequest.Depth.USABLE);
      RootsReport report = new LocalOperations("hashify").findRoots(request, new Cancellation());
      assertEquals(beside.startsWith("/proc") ? 1 : 0, report.stores().size());
    }
  }

  @Test
  void guestsOfVserverShareWhatVhashifyHadUnified() throws IOException {
    Tree tree = tree(TestVolume.ext4());
    for (String guest : List.of("a", "b", "c")) {
      String file = "guests/" + guest + "/f";
      tree.file(file, TEXT).modified(file, 1_700_000_000_000_000_000L);
      tree.file("guests/" + guest + "/own", TEXT);
      tree.directory("etc/" + guest + "/apps/vunify");
      tree.symlink("etc/" + guest + "/vdir", tree.path("guests/" + guest).toString());
    }
    tree.remove("guests/b/f").hardLink("guests/a/f", "guests/b/f");
    tree.directory("hash/aa/bb").hardLink("guests/a/f", "hash/aa/bb/cc-00000000");
    tree.symlink("etc/.defaults/apps/vunify/hash/00", tree.path("hash").toString());
    tree.file("etc/.defaults/apps/vunify/exclude", "/own\n");
    String output = run("unify", "--guard", "none", "--engine", "vserver=" + tree.path("etc"));
    assertTrue(output.contains("store " + tree.path("hash/.hashify") + ": 3 roots"), output);
    assertTrue(output.contains("3 excluded by a rule"), output);
    assertEquals(
        Files.getAttribute(tree.path("guests/a/f"), "unix:ino"),
        Files.getAttribute(tree.path("guests/c/f"), "unix:ino"),
        output);
    assertFalse(output.contains("outside"), output);
  }

  @Test
  void machineWithoutRootsIsToldInOneLine() throws IOException {
    Tree tree = tree(TestVolume.plain()).directory("m");
    var result = ChildRuns.run(List.of(), List.of("unify", "--engine", "nspawn=" + tree.path("m")));
    assertEquals(1, result.exitCode());
    assertEquals(
        "hashify: no root to work on: the engines asked for keep none that a run takes; `hashify"
            + " roots` lists what they keep, and why it is left out\n",
        result.output());
  }
}
