package dev.hashify.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.testkit.SeededTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectoryListingTest {

  private final DirectoryListing listing = new DirectoryListing();

  private record Row(String name, long inode) {}

  private void add(String name, long inode) {
    byte[] bytes = name.getBytes(US_ASCII);
    int at = listing.add(bytes, 0, bytes.length, inode, FileMode.REGULAR);
    // Each column tells whose it is, so that a mixed-up row is seen.
    int mark = name.hashCode();
    listing.setStat(at, inode, mark, 1, mark + 1, mark + 2, mark + 3L, mark + 4L, mark + 5L, mark);
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < listing.count(); i++) {
      String name = new String(listing.name(i), US_ASCII);
      int mark = name.hashCode();
      assertEquals(mark, listing.mode(i));
      assertEquals(mark + 1, listing.uid(i));
      assertEquals(mark + 2, listing.gid(i));
      assertEquals(mark + 3L, listing.sizeBytes(i));
      assertEquals(mark + 4L, listing.modifiedNanos(i));
      assertEquals(mark + 5L, listing.changedNanos(i));
      assertEquals(mark, listing.attributes(i));
      rows.add(new Row(name, listing.inode(i)));
    }
    return rows;
  }

  @SeededTest
  void entriesComeInInodeOrderWithAllTheirColumns(long seed) {
    var random = new Random(seed);
    for (int bits : new int[] {4, 20, 50, 56, 62, 63, 64}) {
      listing.clear();
      List<Row> expected = new ArrayList<>();
      int count = random.nextInt(1, 600);
      for (int i = 0; i < count; i++) {
        var row = new Row("n".repeat(random.nextInt(200)) + i, random.nextLong() >>> (64 - bits));
        add(row.name, row.inode);
        expected.add(row);
      }
      // Names of one inode in the order of their bytes, which are ASCII here.
      expected.sort(
          Comparator.comparing(Row::inode, Long::compareUnsigned).thenComparing(Row::name));

      listing.sortByInode();

      assertEquals(expected, rows(), bits + " bits");
    }
  }

  @Test
  void listingGrowsAndIsUsedAgain() {
    for (int i = 0; i < 5000; i++) {
      add("name-" + i, 5000 - i);
    }
    listing.sortByInode();
    assertEquals("name-4999", new String(listing.name(0), US_ASCII));
    listing.clear();
    assertEquals(0, listing.count());
    add("only", 7);
    assertEquals(List.of(new Row("only", 7)), rows());
  }

  @Test
  void entryWithoutStatKeepsNothingOfTheEntryBefore() {
    add("with", 1);
    listing.clear();
    byte[] name = {'d'};
    int at = listing.add(name, 0, 1, 9, FileMode.DIRECTORY);
    assertTrue(listing.isDirectory(at));
    assertFalse(listing.isRegular(at));
    assertEquals(0, listing.sizeBytes(at));
    assertEquals(0, listing.modifiedNanos(at));
    assertEquals(0, listing.uid(at));
    assertFalse(listing.isVanished(at));
  }

  @Test
  void vanishedAndFailedSurviveSorting() {
    add("c", 3);
    add("b", 2);
    add("a", 1);
    listing.setVanished(0);
    listing.setFailed(1, Errno.EIO.number());

    listing.sortByInode();

    assertEquals(Optional.empty(), listing.failure(0));
    assertFalse(listing.isVanished(0));
    assertEquals(Optional.of(Errno.EIO), listing.failure(1));
    assertFalse(listing.isVanished(1));
    assertTrue(listing.isVanished(2));
    assertEquals(Optional.empty(), listing.failure(2));
  }

  /// `EPERM` is number 1; it must not look like something else.
  @Test
  void everyErrnoIsAFailureAndNotVanished() {
    add("a", 1);
    for (var errno : Errno.values()) {
      if (errno != Errno.OTHER) {
        listing.setFailed(0, errno.number());
        assertEquals(Optional.of(errno), listing.failure(0));
        assertFalse(listing.isVanished(0));
      }
    }
  }

  @Test
  void namesAreRangesOfOneArray() {
    add("one", 1);
    add("three", 2);
    byte[] all = listing.names();
    var second = new String(all, listing.nameStart(1), listing.nameLength(1), US_ASCII);
    assertEquals("three", second);
    assertArrayEquals("one".getBytes(US_ASCII), listing.name(0));
  }
}
