package dev.hashify.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileMode;
import dev.hashify.file.FileStat;
import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryRecordTest {

  private static DirectoryRecord parse(byte[] value) {
    return DirectoryRecord.parse(value).orElseThrow();
  }

  private static DirectoryRecord recordOf(Listings.Row... rows) {
    return parse(Listings.record(List.of(rows)));
  }

  private static DirectoryListing listingOf(Listings.Row... rows) {
    return Listings.listing(List.of(rows));
  }

  @Test
  void recordGivesBackWhatWasAdded() {
    var rows = List.of(Listings.file("b", 12), Listings.directory("ünï", 9));
    var record = parse(Listings.record(rows));

    assertEquals(2, record.count());
    assertEquals(new Fingerprint(1, 2), record.context());
    assertEquals(3, record.token());
    assertArrayEquals("ünï".getBytes(StandardCharsets.UTF_8), record.name(0));
    assertEquals(FileMode.DIRECTORY, record.mode(0));
    assertEquals(12, record.inode(1));
    assertEquals(1012, record.sizeBytes(1));
    assertEquals(7, record.modifiedNanos(1));
    assertEquals(8, record.changedNanos(1));
    assertEquals(1, record.links(1));
    assertEquals(Listings.key(rows.getFirst()), record.key(1));
    assertEquals(PathState.UNIQUE, record.state(1));
  }

  @Test
  void nameCanBeCopiedIntoAnArray() {
    var record = recordOf(Listings.file("one", 1), Listings.file("three", 2));
    byte[] target = new byte[8];

    assertEquals(5, record.copyName(1, target, 2));
    assertArrayEquals(new byte[] {0, 0, 't', 'h', 'r', 'e', 'e', 0}, target);
    assertEquals(3, record.nameLength(0));
  }

  @Test
  void emptyDirectoryMatchesItself() {
    assertTrue(recordOf().matches(listingOf()));
    assertTrue(recordOf().isSettled());
    assertFalse(recordOf().matches(listingOf(Listings.file("a", 1))));
  }

  @Test
  void otherSplitOfTheSameNameBytesDoesNotMatch() {
    var record = recordOf(Listings.directory("ab", 1), Listings.directory("c", 2));

    assertFalse(record.matches(listingOf(Listings.directory("a", 1), Listings.directory("bc", 2))));
  }

  @Test
  void sharedFileMatchesAlthoughItsObjectGotMoreNamesAndAGuard() {
    var record = recordOf(Listings.shared("a", 1, 2, 100, 0));

    assertTrue(
        record.matches(listingOf(Listings.shared("a", 1, 9, 200, FileAttributes.IMMUTABLE))));
    assertTrue(record.matches(listingOf(Listings.shared("a", 1, 9, 200, FileAttributes.VERITY))));
    assertFalse(record.matches(listingOf(Listings.shared("a", 1, 9, 200, FileAttributes.APPEND))));
  }

  @Test
  void fileThatIsNotSharedDoesNotMatchWhenItsCtimeMoved() {
    var now = Listings.shared("a", 1, 1, 200, 0);
    var listing = listingOf(Listings.shared("a", 1, 1, 100, 0));
    byte[] value =
        new DirectoryRecordWriter()
            .begin(new Fingerprint(0, 0), 0)
            .add(listing, 0, PathState.UNIQUE, 0)
            .build();

    assertTrue(parse(value).matches(listing));
    assertFalse(parse(value).matches(listingOf(now)));
  }

  @Test
  void vanishedEntryMatchesNothing() {
    var listing = listingOf(Listings.shared("a", 1, 1, 100, 0));
    var record = recordOf(Listings.shared("a", 1, 1, 100, 0));
    listing.setVanished(0);

    assertFalse(record.matches(listing));
    assertEquals(-1, record.find(listing, 0));
  }

  @Test
  void recordIsSettledWhenEveryRegularFileIs() {
    var listing = listingOf(Listings.directory("d", 1), Listings.file("f", 2));
    var writer = new DirectoryRecordWriter().begin(new Fingerprint(0, 0), 0);
    writer.add(listing, 0, PathState.UNSETTLED, 0).add(listing, 1, PathState.UNIQUE, 0);
    assertTrue(parse(writer.build()).isSettled());

    writer.state(PathState.refused(Refusal.IN_USE));
    assertFalse(parse(writer.build()).isSettled());

    writer.state((byte) 0xff);
    assertFalse(parse(writer.build()).isSettled());
  }

  @Test
  void fingerprintIsFoundOnlyWhereOneWasRecorded() {
    var writer = new DirectoryRecordWriter().begin(new Fingerprint(0, 0), 0);
    var rows = new ArrayList<Listings.Row>();
    for (int i = 0; i < 300; i++) {
      rows.add(Listings.file("f" + i, i));
    }
    var listing = Listings.listing(rows);
    for (int at = 0; at < listing.count(); at++) {
      writer.add(listing, at, PathState.UNIQUE, 0);
      if (at % 7 == 3) {
        writer.fingerprint(new Fingerprint(at, -at));
      }
    }
    var record = parse(writer.build());

    for (int at = 0; at < listing.count(); at++) {
      var expected =
          at % 7 == 3 ? Optional.of(new Fingerprint(at, -at)) : Optional.<Fingerprint>empty();
      assertEquals(expected, record.fingerprint(at));
    }
    assertTrue(record.matches(listing));
  }

  @Test
  void entryThatMovedToAnotherInodeIsSortedAndMatchesTheNextListing() {
    var listing = listingOf(Listings.file("a", 5), Listings.file("b", 9));
    var stat = new FileStat(0, 0, 20, FileMode.REGULAR | 0644, 3, 0, 0, 1005, 8, 7, 99, 0);
    byte[] value =
        new DirectoryRecordWriter()
            .begin(new Fingerprint(0, 0), 0)
            .add(listing, 0, PathState.UNSETTLED, 1)
            .stat(stat)
            .state(PathState.SHARED)
            .fingerprint(new Fingerprint(4, 4))
            .add(listing, 1, PathState.UNIQUE, 2)
            .build();
    var record = parse(value);
    listing.setStat(0, 20, FileMode.REGULAR | 0644, 3, 0, 0, 1005, 7, 99, 0);
    listing.sortByInode();

    assertEquals(20, record.inode(1));
    assertEquals(7, record.modifiedNanos(1));
    assertEquals(Optional.of(new Fingerprint(4, 4)), record.fingerprint(1));
    assertTrue(record.matches(listing));
  }

  @Test
  void entriesOfAnEarlierRecordAreCarriedOverWhole() {
    byte[] value =
        new DirectoryRecordWriter()
            .begin(new Fingerprint(0, 0), 0)
            .add(listingOf(Listings.shared("abc", 1, 2, 3, 4)), 0, PathState.SHARED, 77)
            .fingerprint(new Fingerprint(5, 6))
            .build();
    byte[] again =
        new DirectoryRecordWriter().begin(new Fingerprint(0, 0), 0).add(parse(value), 0).build();

    assertArrayEquals(value, again);
  }

  @Test
  void writerForgetsTheRecordBefore() {
    var writer = new DirectoryRecordWriter().begin(new Fingerprint(0, 0), 0);
    var listing = listingOf(Listings.file("a", 1));
    writer.add(listing, 0, PathState.UNIQUE, 1).fingerprint(new Fingerprint(1, 1));
    byte[] second = writer.begin(new Fingerprint(1, 2), 3).add(listing, 0, (byte) 1, 1).build();

    assertEquals(Optional.empty(), parse(second).fingerprint(0));
    assertEquals(1, parse(second).count());
  }

  @Test
  void statWithoutAnEntryIsABug() {
    var writer = new DirectoryRecordWriter().begin(new Fingerprint(0, 0), 0);
    assertThrows(IllegalStateException.class, () -> writer.state(PathState.SHARED));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void matchesAndFindAgreeWithTheSlowRule(long givenSeed) {
    long seed = Long.getLong("seed", givenSeed);
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      var recorded = Listings.random(random, random.nextInt(40));
      var now = new ArrayList<>(recorded);
      int moves = random.nextInt(3);
      for (int i = 0; i < moves && !now.isEmpty(); i++) {
        int at = random.nextInt(now.size());
        now.set(at, Listings.moved(random, now.get(at)));
      }
      if (random.nextInt(5) == 0 && !now.isEmpty()) {
        now.remove(random.nextInt(now.size()));
      }
      assertAgreesWithTheSlowRule(recorded, now, "seed " + seed + " round " + round);
    }
  }

  private static void assertAgreesWithTheSlowRule(
      List<Listings.Row> recorded, List<Listings.Row> now, String where) {
    var record = parse(Listings.record(recorded));
    var before = Listings.listing(recorded);
    var listing = Listings.listing(now);
    boolean same = before.count() == listing.count();
    for (int at = 0; at < listing.count(); at++) {
      var row = Listings.rowOf(listing, at, now);
      int expected = -1;
      for (int in = 0; in < before.count(); in++) {
        if (Listings.isUnchanged(Listings.rowOf(before, in, recorded), row)) {
          expected = in;
        }
      }
      assertEquals(expected, record.find(listing, at), where + " entry " + at);
      same = same && expected == at;
    }
    assertEquals(same, record.matches(listing), where);
  }

  @Test
  void bytesOfARecordNeverChangeTheirMeaning() {
    var golden =
        """
        01 000000  03000000  efcdab8967452301 1032547698badcfe  2a00000000000000
        08000000  01000000
        0500000000000000 0900000000000000 00000000000000f0
        0000000000000000 e803000000000000 0100000000000000
        0000000000000000 1500cd5b07000000 ffffffffffffffff
        0000000000000000 1600cd5b07000000 0200000000000000
        0000000000000000 4d00000000000000 feffffffffffffff
        00400000 a4810000 ed890000
        00000000 01000000 02000000
        00000000 e8030000 01000000
        00000000 64000000 02000000
        00000000 00000000 10000000
        03000000 05000000 08000000
        00 01 02
        646972 c3a9 ff2f0a
        02000000 1111111111111111 2222222222222222
        """;
    var listing = new DirectoryListing();
    listing.add("dir".getBytes(StandardCharsets.UTF_8), 0, 3, 5, FileMode.DIRECTORY);
    listing.add("é".getBytes(StandardCharsets.UTF_8), 0, 2, 9, FileMode.REGULAR);
    listing.setStat(1, 9, 0100644, 1, 1000, 100, 1000, 0x7_5bcd_0015L, 0x7_5bcd_0016L, 0);
    long high = 0xf000_0000_0000_0000L;
    listing.add(new byte[] {(byte) 0xff, '/', '\n'}, 0, 3, high, FileMode.REGULAR);
    listing.setStat(2, high, 0104755, 2, 1, 2, 1, -1, 2, FileAttributes.IMMUTABLE);

    byte[] value =
        new DirectoryRecordWriter()
            .begin(new Fingerprint(0x0123_4567_89ab_cdefL, 0xfedc_ba98_7654_3210L), 42)
            .add(listing, 0, PathState.UNSETTLED, 0)
            .add(listing, 1, PathState.UNIQUE, 77)
            .add(listing, 2, PathState.SHARED, -2)
            .fingerprint(new Fingerprint(0x1111_1111_1111_1111L, 0x2222_2222_2222_2222L))
            .build();

    assertEquals(golden.replaceAll("\\s", ""), HexFormat.of().formatHex(value));
    assertTrue(parse(HexFormat.of().parseHex(golden.replaceAll("\\s", ""))).matches(listing));
  }

  @Test
  void entryTakesAtMostEightyBytesBesidesItsName() {
    assertEquals(65, DirectoryLayout.ENTRY_BYTES);
    var rows = Listings.random(new Random(1), 100);
    int nameBytes =
        rows.stream().mapToInt(row -> row.name().getBytes(StandardCharsets.UTF_8).length).sum();

    assertEquals(40 + 100 * 65 + nameBytes, Listings.record(rows).length);
  }

  @Test
  void truncatedOrLengthenedValueIsNoRecord() {
    byte[] value = Listings.record(List.of(Listings.file("a", 1), Listings.file("bc", 2)));
    for (int length = 0; length < value.length; length++) {
      assertEquals(Optional.empty(), DirectoryRecord.parse(Arrays.copyOf(value, length)));
    }
    assertEquals(Optional.empty(), DirectoryRecord.parse(Arrays.copyOf(value, value.length + 1)));
  }

  @Test
  void recordOfAnotherFormatIsNoRecord() {
    byte[] value = Listings.record(List.of(Listings.file("a", 1)));
    value[0] = 2;
    assertEquals(Optional.empty(), DirectoryRecord.parse(value));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void damagedValueIsNoRecordOrAWrongOneButNeverAnException(long givenSeed) {
    var random = new Random(Long.getLong("seed", givenSeed));
    var rows = Listings.random(random, 12);
    var listing = Listings.listing(rows);
    byte[] value = Listings.record(rows);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = value.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(random.nextBoolean() ? 40 : value.length)] = (byte) random.nextInt();
      }
      DirectoryRecord.parse(damaged).ifPresent(record -> useAll(record, listing));
    }
  }

  private static void useAll(DirectoryRecord record, DirectoryListing listing) {
    record.matches(listing);
    record.isSettled();
    for (int at = 0; at < listing.count(); at++) {
      record.find(listing, at);
    }
    for (int at = 0; at < record.count(); at++) {
      assertEquals(record.nameLength(at), record.name(at).length);
      record.fingerprint(at);
    }
  }
}
