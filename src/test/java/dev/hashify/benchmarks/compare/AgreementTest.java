package dev.hashify.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hashify.benchmarks.compare.Partition.Gain;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Four files; the first has two names, the last belongs to somebody else.
class AgreementTest {

  private final Listing listing =
      Listing.ofLines(
          List.of(
              "9:1 0:0:644 10 /a",
              "9:1 0:0:644 10 /a too",
              "9:2 0:0:644 10 /b",
              "9:3 0:0:644 10 /c",
              "9:4 5:0:644 10 /d"));

  private Partition found(List<String> group) {
    var partition = new Partition(listing);
    partition.join(group);
    return partition;
  }

  private Agreement between(List<String> group, List<String> reference) {
    return Agreement.between(listing, found(group), found(reference));
  }

  @Test
  void orderAndNamesOfAnInodeDoNotMatter() {
    assertInstanceOf(
        Agreement.Same.class, between(List.of("/c", "/a too", "/b"), List.of("/a", "/b", "/c")));
  }

  @Test
  void filesOfAnotherOwnerAreSetApart() {
    assertInstanceOf(Agreement.Same.class, between(List.of("/a", "/b", "/d"), List.of("/a", "/b")));
  }

  @Test
  void fewerEqualFilesAreFiner() {
    assertInstanceOf(
        Agreement.Finer.class, between(List.of("/b", "/c"), List.of("/a", "/b", "/c")));
  }

  @Test
  void filesThatOnlyOneTakesForEqualAreADifferenceWithAnExample() {
    assertEquals(
        new Agreement.Different(1, "/c"), between(List.of("/a", "/b", "/c"), List.of("/a", "/b")));
  }

  @Test
  void aFileWithTwoNamesIsNoDuplicate() {
    assertEquals(new Gain(0, 0, 0), found(List.of("/a", "/a too")).gain());
  }

  @Test
  void pairsWithACommonFileAreOneGroup() {
    Partition partition = found(List.of("/a", "/b"));
    partition.join(List.of("/d", "/b"));

    assertEquals(new Gain(1, 2, 20), partition.gain());
    assertEquals(new Gain(1, 1, 10), partition.gainBySameOwnerAndMode());
  }

  @Test
  void aPathThatIsNotInTheCorpusIsCounted() {
    assertEquals(1, found(List.of("/a", "/elsewhere")).unknownPaths());
  }
}
