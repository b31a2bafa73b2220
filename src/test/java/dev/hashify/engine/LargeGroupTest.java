package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.FileId;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.plan.IdentityKey;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files of one light key, of several contents, more than can be open: taken in parts of 16, and
/// where there are more than 2,048, told apart before anything else.
class LargeGroupTest {

  private static final long NANOS = 1_767_323_045_123_456_789L;

  private static final Options SIZE_ALONE =
      Options.DEFAULT.ignoring(IdentityKey.NAME, IdentityKey.MTIME);

  private Path top = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private Tree one;

  @SuppressWarnings("NullAway.Init")
  private Tree other;

  private Unification runs = Unification.in(top);

  /// What each file was made with.
  private final Map<String, Integer> contents = new HashMap<>();

  @BeforeEach
  void makeTwoRoots() throws IOException {
    top = TestVolume.ext4().directory();
    one = Tree.in(top.resolve("one"));
    other = Tree.in(top.resolve("other"));
    runs =
        Unification.in(top.resolve("store")).over(CutRoots.withFewFiles(new NativeSystemCalls()));
  }

  @AfterEach
  void remove() throws IOException {
    Tree.in(top).close();
  }

  private void file(Tree root, String path, int content) throws IOException {
    root.file(path, "%020d".formatted(content)).modified(path, NANOS);
    contents.put((root == one ? "one/" : "other/") + path, content);
  }

  /// Fails unless files share an inode exactly if they were made with the same content.
  private void assertEqualOnesShare() throws IOException {
    Map<Integer, FileId> inodes = new HashMap<>();
    Set<FileId> different = new HashSet<>();
    Tree all = Tree.in(top);
    for (var file : contents.entrySet()) {
      FileId inode = all.id(file.getKey());
      FileId known = inodes.putIfAbsent(file.getValue(), inode);
      assertTrue(known == null || known.equals(inode), () -> file + " does not share");
      assertTrue(known != null || different.add(inode), () -> file + " shares with another");
    }
  }

  @ParameterizedTest
  @CsvSource({"110, 70", "2200, 1500"})
  void equalFilesShareWhateverPartTheyAreIn(int files, int different) throws IOException {
    for (int i = 0; i < files; i++) {
      file(one, "d" + i % 7 + "/a" + i, i % different);
      file(other, "d" + i % 5 + "/b" + i, i * 7 % different);
    }
    file(one, "own", different);
    List<Unification.Root> roots = Unification.Root.of(List.of(one.root(), other.root()));
    int shared = 2 * files - different;

    assertEquals(shared, runs.dry(SIZE_ALONE, roots).counts().shared());
    var real = runs.real(SIZE_ALONE, roots);
    assertEquals(shared, real.counts().shared());
    assertEquals(0, real.counts().problems(), () -> real.problems().toString());
    assertTrue(real.counts().addUp());
    assertEqualOnesShare();
    assertEquals(0, runs.real(SIZE_ALONE, roots).counts().filesRead());

    // The next night some come that are equal to objects, and to each other.
    for (int i = 0; i < different / 2; i++) {
      file(one, "new/c" + i, i);
    }
    file(other, "new/own", different);
    var night = runs.real(SIZE_ALONE, roots);
    assertEquals(different / 2 + 1, night.counts().shared());
    assertTrue(night.counts().addUp());
    assertEqualOnesShare();
  }
}
