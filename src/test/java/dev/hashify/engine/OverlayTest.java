package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Refusal;
import dev.hashify.layers.LiveOverlays;
import dev.hashify.layers.OverlayDefaults;
import dev.hashify.os.MountNamespaces;
import dev.hashify.os.Mounts;
import dev.hashify.report.RunMode;
import dev.hashify.testkit.Command;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Layers that share files, under real overlay mounts.
///
/// ```
/// a/d/f  b/d/f    the same, in two lower layers
/// ma  mb          overlays over a and b
/// ```
@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class OverlayTest {

  private static final String TEXT = "the same text in all layers";
  private static final Options BY_NAME = Options.DEFAULT.withGuard(GuardChoice.OVERLAY);

  private final Tree tree;
  private final List<Path> mounted = new ArrayList<>();

  OverlayTest(TestVolume volume) throws IOException {
    tree = volume.tree();
    for (String layer : List.of("a", "b")) {
      file(layer + "/d/f");
    }
  }

  private void file(String path) throws IOException {
    tree.file(path, TEXT).modified(path, 1_700_000_000_000_000_000L);
  }

  @AfterEach
  void takeAway() throws IOException {
    for (Path point : mounted.reversed()) {
      Command.attempt("umount", point.toString());
    }
    tree.close();
  }

  private List<Unification.Root> roots() {
    return Unification.Root.of(List.of(tree.path("a"), tree.path("b")));
  }

  private Unification.Told run(Options options) {
    return Unification.in(tree.path("store")).real(options, roots());
  }

  /// An overlay over one layer; the place where it is mounted is `m` and the layer's name.
  private Path mount(String layer, String... options) throws IOException {
    Path point = directories(layer);
    String all = options(layer) + (options.length == 0 ? "" : "," + String.join(",", options));
    Command.run("mount", "-t", "overlay", "overlay", "-o", all, point.toString());
    mounted.add(point);
    return point;
  }

  private Path directories(String layer) throws IOException {
    tree.directory("upper-" + layer).directory("work-" + layer).directory("m" + layer);
    return tree.path("m" + layer);
  }

  private String options(String layer) {
    return "lowerdir="
        + tree.path(layer)
        + ",upperdir="
        + tree.path("upper-" + layer)
        + ",workdir="
        + tree.path("work-" + layer);
  }

  @Test
  void whatIsDoneInOneContainerIsNotSeenInAnother() throws IOException {
    assertEquals(1, run(BY_NAME).counts().shared());
    Path one = mount("a").resolve("d/f");
    Path other = mount("b").resolve("d/f");
    Files.writeString(one, "written", StandardOpenOption.WRITE);
    assertEquals(TEXT, Files.readString(other));
    Files.writeString(one, "appended", StandardOpenOption.APPEND);
    assertEquals(TEXT, Files.readString(other));
    Files.writeString(one, "", StandardOpenOption.TRUNCATE_EXISTING);
    assertEquals(TEXT, Files.readString(other));
    Command.run("chmod", "0600", one.toString());
    assertEquals("rw-r--r--", Command.run("stat", "-c", "%A", other.toString()).substring(1, 10));
    Files.move(one, one.resolveSibling("away"), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(one.resolveSibling("away"));
    assertEquals(TEXT, Files.readString(other));
    assertEquals(TEXT, tree.text("a/d/f"));
    assertEquals(tree.id("a/d/f"), tree.id("b/d/f"));
  }

  @Test
  void layerOfALiveMountIsLeftAloneUnlessItIsAskedFor() throws IOException {
    mount("a");
    var told = run(BY_NAME);
    assertEquals(0, told.counts().shared());
    assertTrue(told.notes().toString().contains("root left alone"), told.notes()::toString);
    assertNotEquals(tree.id("a/d/f"), tree.id("b/d/f"));
    assertEquals(1, run(BY_NAME.with(UnifyFlag.INCLUDE_MOUNTED)).counts().shared());
    assertEquals(tree.id("a/d/f"), tree.id("b/d/f"));
  }

  @Test
  void mountOfAnotherNamespaceIsFound() throws Exception {
    Path point = directories("a");
    var command =
        new ProcessBuilder(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount -t overlay overlay -o " + options("a") + " " + point + " && echo on && cat");
    var process = command.start();
    try {
      assertEquals('o', process.getInputStream().read());
      var told = run(BY_NAME);
      assertTrue(told.notes().toString().contains("root left alone"), told.notes()::toString);
      assertEquals(0, told.counts().shared());
    } finally {
      process.getOutputStream().close();
      Command.waitFor(process);
    }
  }

  @Test
  void indexKeepsFilesOfDifferentPathsApart() throws IOException {
    file("a/e/f");
    file("b/e/f");
    mount("a", "index=on");
    var told = run(BY_NAME.with(UnifyFlag.INCLUDE_MOUNTED));
    assertEquals(2, told.counts().shared());
    assertEquals(tree.id("a/d/f"), tree.id("b/d/f"));
    assertEquals(tree.id("a/e/f"), tree.id("b/e/f"));
    assertNotEquals(tree.id("a/d/f"), tree.id("a/e/f"));
    assertTrue(
        told.notes().toString().contains("only files of equal paths"), told.notes()::toString);
  }

  @Test
  void filesThatOnlyTheirPathsKeepApartAreToldSo() throws IOException {
    tree.remove("b/d/f");
    file("b/e/f");
    mount("a", "index=on");
    var told = run(BY_NAME.with(UnifyFlag.INCLUDE_MOUNTED));
    assertEquals(0, told.counts().shared());
    assertEquals(2, told.counts().refused().get(Refusal.OTHER_PATH));
  }

  @Test
  void pathsAreAllOneOnlyIfNoMountNowOrLaterHasAnIndex() throws IOException {
    assertEquals(SharedPaths.ANY, paths(new OverlayDefaults(false, false, true)));
    assertEquals(SharedPaths.EQUAL_ONLY, paths(new OverlayDefaults(true, false, true)));
    assertEquals(SharedPaths.EQUAL_ONLY, paths(new OverlayDefaults(false, true, true)));
    assertEquals(SharedPaths.EQUAL_ONLY, paths(new OverlayDefaults(false, false, false)));
    mount("a", "index=off");
    assertEquals(SharedPaths.ANY, paths(new OverlayDefaults(false, false, true)));
    mount("b", "index=on");
    assertEquals(SharedPaths.EQUAL_ONLY, paths(new OverlayDefaults(false, false, true)));
  }

  /// As if the mounts of this namespace were all there are.
  private SharedPaths paths(OverlayDefaults byDefault) throws IOException {
    var runs = Unification.in(tree.path("store"));
    var request = runs.request(RunMode.REAL, BY_NAME.with(UnifyFlag.INCLUDE_MOUNTED), roots());
    try (var open = OpenRoots.open(RealLinux.LINUX, request.roots())) {
      var own = new MountNamespaces.Namespace(0, Mounts.read());
      var trees =
          open.all().stream()
              .map(root -> new LiveOverlays.Tree(root.stat().id(), root.path()))
              .toList();
      var live = LiveOverlays.of(RealLinux.LINUX, trees, new MountNamespaces(List.of(own), true));
      return new OverlayRules(RealLinux.LINUX, request).admit(open.all(), live, byDefault).paths();
    }
  }

  @Test
  void directoryThatAnOverlayWritesToIsNeverALayer() throws IOException {
    mount("b");
    tree.file("upper-b/d/f", TEXT).modified("upper-b/d/f", 1_700_000_000_000_000_000L);
    var roots = Unification.Root.of(List.of(tree.path("a"), tree.path("upper-b")));
    var told = Unification.in(tree.path("store")).real(BY_NAME, roots);
    assertEquals(0, told.counts().shared());
    assertTrue(told.notes().toString().contains("writes to it"), told.notes()::toString);
    assertFalse(tree.id("a/d/f").equals(tree.id("upper-b/d/f")));
  }

  @Test
  void layersOfImagesShareWithoutBeingAsked() throws IOException {
    makeStorage();
    var runs = Unification.in(tree.path("store"));
    var layers =
        Unification.Root.of(
            List.of(tree.path("storage/overlay/l1/diff"), tree.path("storage/overlay/l2/diff")));
    var told = runs.unify(runs.automatic(RunMode.REAL, layers));
    assertEquals(1, told.counts().shared());
    assertEquals("overlay", told.report().stores().getFirst().guard());
    var withContainer =
        Unification.Root.of(
            List.of(tree.path("storage/overlay/l1/diff"), tree.path("storage/overlay/c1/diff")));
    var request = runs.automatic(RunMode.REAL, withContainer);
    var failed = assertThrows(RunException.Unusable.class, () -> runs.tryUnify(request));
    assertTrue(String.valueOf(failed.getMessage()).contains("a container writes to"));
  }

  @Test
  void immutableIsRefusedInAnEnginesTree() throws IOException {
    makeStorage();
    var layers = Unification.Root.of(List.of(tree.path("storage/overlay/l1/diff")));
    var runs = Unification.in(tree.path("store"));
    var request =
        runs.request(RunMode.REAL, Options.DEFAULT.withGuard(GuardChoice.IMMUTABLE), layers);
    var failed = assertThrows(RunException.Unusable.class, () -> runs.tryUnify(request));
    assertTrue(String.valueOf(failed.getMessage()).contains("podman rmi"), failed::toString);
  }

  private void makeStorage() throws IOException {
    tree.file(
        "storage/overlay-layers/layers.json",
        """
        [{"id":"l1"},{"id":"l2","parent":"l1"},{"id":"c1","parent":"l2"}]\
        """);
    tree.file("storage/overlay-images/images.json", "[{\"id\":\"i\",\"layer\":\"l2\"}]");
    tree.file("storage/overlay-containers/containers.json", "[{\"id\":\"c\",\"layer\":\"c1\"}]");
    for (String layer : List.of("l1", "l2", "c1")) {
      String path = "storage/overlay/" + layer + "/diff/f";
      tree.file(path, TEXT).modified(path, 1_700_000_000_000_000_000L);
    }
  }
}
