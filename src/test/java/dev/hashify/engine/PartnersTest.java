package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.engine.Unification.Root;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A file without partner that has names in two directories, one of which changes.
///
/// ```
/// a/f               alike
/// b/x/f = b/y/g     alike, but for an extended attribute
/// ```
class PartnersTest {

  private static final long TIME = 1_700_000_000_000_000_000L;
  private static final String TEXT = "more than sixteen bytes";
  private static final byte[] LABEL = {1};

  @SuppressWarnings("NullAway.Init")
  private Tree tree;

  @BeforeEach
  void makeRoots() throws IOException {
    tree = TestVolume.ext4().tree();
    file("a/f", TEXT);
    file("b/x/f", TEXT);
    label("b/x/f");
    tree.directory("b/y").hardLink("b/x/f", "b/y/g");
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private void file(String path, String content) throws IOException {
    tree.file(path, content).modified(path, TIME);
  }

  private void label(String path) throws IOException {
    tree.attribute(path, "user.label", LABEL);
  }

  private Unification.Told run() {
    // What was changed right before a run is looked at once more.
    return Unification.in(tree.path("store"))
        .later()
        .real(Options.DEFAULT, Root.of(List.of(tree.path("a"), tree.path("b"))));
  }

  private TreePath path(String below) {
    return TreePath.of(tree.path(below).toString());
  }

  @Test
  void nameInAnUnchangedDirectoryIsNotTakenForOneOutside() throws IOException {
    var kept =
        Map.of(
            path("a/f"), Refusal.OTHER_ATTRIBUTES,
            path("b/x/f"), Refusal.OTHER_ATTRIBUTES,
            path("b/y/g"), Refusal.OTHER_ATTRIBUTES);
    assertEquals(kept, run().refused());
    file("b/x/new", "something else than all others");
    assertEquals(kept, run().refused());
  }

  @Test
  void allNamesShareWithWhatComesToTheDirectoryOfOne() throws IOException {
    run();
    file("b/x/new", "something else than all others");
    file("a/deep/f", TEXT);
    label("a/deep/f");
    assertEquals(Set.of(path("a/deep/f")), run().shared().keySet());
    assertEquals(tree.id("b/x/f"), tree.id("a/deep/f"));
    assertEquals(tree.id("b/y/g"), tree.id("a/deep/f"));
  }
}
