package dev.hashify.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.plan.IdentityKey;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Groups larger than what is held open at a time.
class LargeGroupsTest {

  private static final Options SIZE_ALONE =
      Options.DEFAULT.ignoring(IdentityKey.NAME, IdentityKey.MTIME);

  @Test
  void pairsAreFoundAmongManyFilesOfOneSize() throws IOException {
    Tree one = TestVolume.ext4().tree();
    Tree other = TestVolume.ext4().tree();
    var runs = Unification.in(TestVolume.ext4().directory().resolve("store"));
    for (int i = 0; i < 900; i++) {
      one.file("one-" + i, "content of file %5d".formatted(i));
      other.file("other-" + i, "content of file %5d".formatted(i));
    }
    var roots = Unification.Root.of(List.of(one.root(), other.root()));
    assertEquals(900, runs.dry(SIZE_ALONE, roots).counts().shared());
    var real = runs.real(SIZE_ALONE, roots);
    assertEquals(900, real.counts().shared());
    assertEquals(900, real.counts().unique());
    for (int i = 0; i < 900; i++) {
      assertEquals(one.id("one-" + i), other.id("other-" + i));
    }
    var again = runs.real(SIZE_ALONE, roots);
    assertEquals(1800, again.counts().alreadyShared());
    assertEquals(0, again.counts().filesRead());
  }

  @Test
  void oneContentIsReadOnceHoweverManyFilesHaveIt() throws IOException {
    Tree tree = TestVolume.ext4().tree();
    var runs = Unification.in(TestVolume.ext4().directory().resolve("store"));
    for (int i = 0; i < 1000; i++) {
      tree.file("file-" + i, "the same everywhere");
    }
    var roots = Unification.Root.of(List.of(tree.root()));
    var real = runs.real(SIZE_ALONE, roots);
    assertEquals(999, real.counts().shared());
    assertEquals(1, real.counts().groups());
    // The object is read again for each part.
    assertEquals(1002, real.counts().filesRead());
  }
}
