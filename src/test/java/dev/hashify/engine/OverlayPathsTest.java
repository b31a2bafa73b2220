package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.testkit.Command;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Live overlays are recognized however their layers were named when they were mounted.
///
/// ```
/// a/d/f  b/d/f    the same, in two lower layers
/// l/SHORT         a symbolic link to ../a, as container engines make them
/// m               where the overlay is mounted
/// ```
class OverlayPathsTest {

  private static final Options BY_NAME = Options.DEFAULT.withGuard(GuardChoice.OVERLAY);

  @SuppressWarnings("NullAway.Init")
  private Tree tree;

  @BeforeEach
  void makeLayers() throws IOException {
    tree = TestVolume.ext4().tree();
    for (String layer : List.of("a", "b")) {
      String path = layer + "/d/f";
      tree.file(path, "the same text in all layers").modified(path, 1_700_000_000_000_000_000L);
    }
    tree.directory("c").directory("up").directory("work").directory("m");
    tree.symlink("l/SHORT", "../a");
  }

  @AfterEach
  void takeAway() throws IOException {
    Command.attempt("umount", tree.path("m").toString());
    tree.close();
  }

  /// Mounts as a program would that works in the tree's top directory.
  private void mount(String options) throws IOException {
    String all = options + ",upperdir=up,workdir=work";
    Command.run(
        "sh",
        "-c",
        "cd \"$1\" && exec mount -i -t overlay overlay -o \"$2\" m",
        "sh",
        tree.root().toString(),
        all);
  }

  private Unification.Told run() {
    List<Path> roots = List.of(tree.path("a"), tree.path("b"));
    return Unification.in(tree.path("store")).real(BY_NAME, Unification.Root.of(roots));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lowerdir=a",
        "lowerdir=c:a",
        "lowerdir=l/SHORT",
        "lowerdir=TOP/l/SHORT",
        "lowerdir=c:l/SHORT",
        "lowerdir+=TOP/a",
        "lowerdir+=TOP/c,lowerdir+=TOP/l/SHORT"
      })
  void layerInUseIsLeftAlone(String options) throws IOException {
    mount(options.replace("TOP", tree.root().toString()));
    var told = run();
    assertTrue(
        told.notes().stream()
            .anyMatch(note ->
                note.contains(tree.path("a").toString()) && note.contains("root left alone")),
        told.notes()::toString);
    assertEquals(0, told.counts().shared());
    assertNotEquals(tree.id("a/d/f"), tree.id("b/d/f"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lowerdir=c", "lowerdir+=TOP/c"})
  void layersOfNoMountAreFree(String options) throws IOException {
    mount(options.replace("TOP", tree.root().toString()));
    assertEquals(1, run().counts().shared());
  }
}
