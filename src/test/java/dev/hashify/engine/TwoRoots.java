package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Two roots on ext4, and runs over them.
abstract class TwoRoots {

  static final String TEXT = "more than sixteen bytes";
  static final long NANOS = 1_767_323_045_123_456_789L;

  Path top = Path.of("");

  @SuppressWarnings("NullAway.Init")
  Tree one;

  @SuppressWarnings("NullAway.Init")
  Tree other;

  Unification runs = Unification.in(top);

  @BeforeEach
  void makeTwoRoots() throws IOException {
    top = TestVolume.ext4().directory();
    one = Tree.in(top.resolve("one"));
    other = Tree.in(top.resolve("other"));
    runs = Unification.in(top.resolve("store"));
  }

  @AfterEach
  void remove() throws IOException {
    Tree.in(top).close();
  }

  void same(String path) throws IOException {
    for (var tree : List.of(one, other)) {
      tree.file(path, TEXT).modified(path, NANOS);
    }
  }

  Unification.Told run(Options options) {
    return runs.real(options, Unification.Root.of(List.of(one.root(), other.root())));
  }

  Unification.Told run() {
    return run(Options.DEFAULT);
  }

  boolean isShared(String path) throws IOException {
    return one.id(path).equals(other.id(path));
  }

  TreePath at(Tree tree, String path) {
    return tree.hostPath().resolve(TreePath.of(path));
  }
}
