package dev.hashify.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {

  private static final Identity STRICT = new Identity(Set.of());
  private static final byte REFUSED = PathState.refused(Refusal.LINKED_FROM_OUTSIDE);

  private final FileTable table = new FileTable();
  private final DirectoryListing listing = new DirectoryListing();
  private int directories;

  /// What the table does not know.
  private record Known(Set<Long> objects, int inside, boolean splitsLinks)
      implements KeyGroups.Surroundings {
    @Override
    public boolean isObject(long inode) {
      return objects.contains(inode);
    }

    @Override
    public int namesInside(long inode) {
      return inside;
    }
  }

  private static final Known NOTHING = new Known(Set.of(), 0, false);

  private KeyGroupsTest file(String name, long inode, int links) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int at = listing.add(bytes, 0, bytes.length, inode, FileMode.REGULAR | 0644);
    listing.setStat(at, inode, FileMode.REGULAR | 0644, links, 0, 0, 100, 5, 6, 0);
    return this;
  }

  private KeyGroupsTest file(String name, long inode, long sizeBytes, byte state) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int at = listing.add(bytes, 0, bytes.length, inode, FileMode.REGULAR | 0644);
    listing.setStat(at, inode, FileMode.REGULAR | 0644, 1, 0, 0, sizeBytes, 5, 6, 0);
    return endDirectory(state);
  }

  private KeyGroupsTest endDirectory(byte state) {
    byte[] states = new byte[listing.count()];
    long[] keys = new long[listing.count()];
    for (int i = 0; i < states.length; i++) {
      states[i] = state;
      long name = STRICT.nameHash(listing.names(), listing.nameStart(i), listing.nameLength(i));
      keys[i] = STRICT.key(name, 100, FileMode.REGULAR | 0644, 0, 0, 5);
    }
    var source = new DirectorySource(0, TreePath.of("d" + directories), directories++, 0, 0);
    table.add(source, listing, states, keys);
    listing.clear();
    return this;
  }

  @Test
  void groupsThatPromiseMostCanComeFirst() {
    for (int copy = 0; copy < 3; copy++) {
      file("small", 10 + copy, 1000, PathState.UNSETTLED);
      file("many", 20 + copy, 5L << 20, PathState.UNSETTLED);
    }
    file("alone", 30, 1L << 40, PathState.UNSETTLED);
    file("large", 40, 1L << 30, PathState.UNSETTLED);
    file("large", 41, 1L << 30, PathState.UNSETTLED);
    var groups = KeyGroups.of(table, STRICT, NOTHING);
    groups.largestFirst();
    assertEquals(4, groups.count());
    assertArrayEquals(new int[] {7, 8}, groups.group(0));
    assertArrayEquals(new int[] {1, 3, 5}, groups.group(1));
    assertArrayEquals(new int[] {0, 2, 4}, groups.group(2));
    assertArrayEquals(new int[] {6}, groups.group(3));
  }

  @Test
  void filesOfOneNameAreAGroup() {
    file("a", 1, 1).file("b", 2, 1).endDirectory(PathState.UNSETTLED);
    file("a", 3, 1).endDirectory(PathState.UNIQUE);
    var groups = KeyGroups.of(table, STRICT, NOTHING);
    assertEquals(2, groups.count());
    assertArrayEquals(new int[] {0, 2}, groups.group(0));
    assertArrayEquals(new int[] {1}, groups.group(1));
  }

  @Test
  void smallestNameOfAnInodeLeadsAndGivesTheKey() {
    file("z", 1, 2).file("x", 2, 1).endDirectory(PathState.UNSETTLED);
    file("x", 1, 2).endDirectory(PathState.UNSETTLED);
    var groups = KeyGroups.of(table, STRICT, NOTHING);
    assertEquals(1, groups.count());
    assertArrayEquals(new int[] {1, 2}, groups.group(0));
    assertArrayEquals(new int[] {2, 0}, groups.namesOf(2));
  }

  @Test
  void inodeWithANameElsewhereIsRefusedWhole() {
    file("a", 1, 3).file("b", 1, 3).endDirectory(PathState.UNSETTLED);
    assertEquals(0, KeyGroups.of(table, STRICT, NOTHING).count());
    assertEquals(REFUSED, table.state(0));
    assertEquals(REFUSED, table.state(1));
  }

  @Test
  void nameInsideOrAnObjectOrSplitLinksAreNoHindrance() {
    file("a", 1, 3).file("b", 1, 3).endDirectory(PathState.UNSETTLED);
    assertEquals(1, KeyGroups.of(table, STRICT, new Known(Set.of(), 1, false)).count());
    assertEquals(1, KeyGroups.of(table, STRICT, new Known(Set.of(1L), 0, false)).count());
    assertEquals(1, KeyGroups.of(table, STRICT, new Known(Set.of(), 0, true)).count());
  }

  @Test
  void oneNameThatIsUndecidedMakesAllNamesSo() {
    file("a", 1, 2).endDirectory(PathState.UNIQUE);
    file("b", 1, 2).endDirectory(PathState.UNSETTLED);
    assertEquals(1, KeyGroups.of(table, STRICT, NOTHING).count());
    assertEquals(PathState.UNSETTLED, table.state(0));
  }

  @Test
  void pathsOfAnObjectAreOneFileWhateverLinkCountsWereRecorded() {
    file("a", 1, 1).endDirectory(PathState.UNSETTLED);
    file("a", 1, 4).endDirectory(PathState.UNSETTLED);
    var groups = KeyGroups.of(table, STRICT, new Known(Set.of(1L), 0, false));
    assertArrayEquals(new int[] {0}, groups.group(0));
    assertArrayEquals(new int[] {0, 1}, groups.namesOf(0));
  }

  @Test
  void tableFindsNamesInDirectoriesWithMoreThanAMebibyteOfThem() {
    for (int i = 0; i < 10_000; i++) {
      file("%0200d".formatted(i), i + 1, 1);
    }
    endDirectory(PathState.UNSETTLED);
    file("last", 20_000, 1).endDirectory(PathState.UNSETTLED);
    assertEquals("%0200d".formatted(9_999), new String(table.name(9_999), StandardCharsets.UTF_8));
    assertEquals("last", new String(table.name(10_000), StandardCharsets.UTF_8));
    assertEquals(TreePath.of("d1/last"), table.path(10_000));
    assertNotEquals(table.nameHash(0, STRICT), table.nameHash(1, STRICT));
    var copy = new DirectoryListing();
    table.copyTo(0, copy);
    assertEquals(10_000, copy.count());
    assertEquals("%0200d".formatted(77), new String(copy.name(77), StandardCharsets.UTF_8));
  }
}
