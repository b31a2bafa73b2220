package dev.hashify.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every index that can be written must do.
abstract class IndexContract {

  private Index index = new NoIndex();

  /// Opens the index of this test, the same one each time.
  abstract Index open() throws Exception;

  @BeforeEach
  void openFirst() throws Exception {
    index = open();
  }

  @AfterEach
  void closeLast() throws Exception {
    index.close();
  }

  static ObjectEntry object(long volume, long inode, long key) {
    return new ObjectEntry(volume, inode, "o" + inode, inode, 3, 0100644, 5, 6, key);
  }

  static byte[] record(long inode) {
    return Listings.record(List.of(Listings.file("f" + inode, inode)));
  }

  private void reopen() throws Exception {
    index.close();
    index = open();
  }

  private void write(IndexChanges changes) throws IndexException {
    index.write(changes);
  }

  @Test
  void newIndexKnowsNothing() throws IndexException {
    try (var reader = index.reader()) {
      assertNull(reader.directory(1, 2));
      assertEquals(Optional.empty(), reader.object(1, 2));
      assertEquals(List.of(), reader.objectsOfKey(1, 2));
      assertEquals(Optional.empty(), reader.meta("name"));
      reader.forEachObject(object -> {
        throw new AssertionError(object);
      });
    }
    assertTrue(index.wasClosedCleanly());
  }

  @Test
  void whatIsWrittenIsReadAfterReopening() throws Exception {
    var changes = new IndexChanges();
    changes.putDirectory(-1, 2, record(2));
    changes.putObject(object(1, Long.MIN_VALUE, 9));
    changes.putMeta("name", new byte[] {1, 2});
    write(changes);
    reopen();

    try (var reader = index.reader()) {
      var record = reader.directory(-1, 2);
      assertNotNull(record);
      assertEquals(2, record.inode(0));
      assertEquals(Optional.of(object(1, Long.MIN_VALUE, 9)), reader.object(1, Long.MIN_VALUE));
      assertArrayEquals(new byte[] {1, 2}, reader.meta("name").orElseThrow());
    }
    assertTrue(index.wasClosedCleanly());
  }

  @Test
  void whatIsRemovedIsGone() throws IndexException {
    var changes = new IndexChanges();
    changes.putDirectory(1, 2, record(2));
    changes.putObject(object(1, 2, 9));
    changes.putMeta("name", new byte[0]);
    write(changes);
    changes.clear();
    changes.removeDirectory(1, 2);
    changes.removeObject(1, 2);
    changes.removeMeta("name");
    changes.removeObject(7, 7);
    write(changes);

    try (var reader = index.reader()) {
      assertNull(reader.directory(1, 2));
      assertEquals(Optional.empty(), reader.object(1, 2));
      assertEquals(List.of(), reader.objectsOfKey(1, 9));
      assertEquals(Optional.empty(), reader.meta("name"));
    }
  }

  @Test
  void lastWordAboutAKeyCounts() throws IndexException {
    var changes = new IndexChanges();
    changes.putObject(object(1, 2, 9));
    changes.removeObject(1, 2);
    changes.removeObject(1, 3);
    changes.putObject(object(1, 3, 9));
    changes.removeDirectory(1, 4);
    changes.putDirectory(1, 4, record(4));
    changes.putDirectory(1, 5, record(5));
    changes.removeDirectory(1, 5);
    assertEquals(4, changes.count());
    write(changes);

    try (var reader = index.reader()) {
      assertEquals(List.of(object(1, 3, 9)), reader.objectsOfKey(1, 9));
      assertNotNull(reader.directory(1, 4));
      assertNull(reader.directory(1, 5));
    }
  }

  @Test
  void objectsAreFoundByTheirLightKeyOnOneVolumeOnly() throws IndexException {
    var changes = new IndexChanges();
    for (long key : new long[] {-1, 8, 9, 10}) {
      for (long volume : new long[] {1, 2, -3}) {
        for (long inode : new long[] {Long.MIN_VALUE, 40, 4}) {
          changes.putObject(object(volume, inode + key * 100, key));
        }
      }
    }
    write(changes);

    try (var reader = index.reader()) {
      assertEquals(
          List.of(object(2, 904, 9), object(2, 940, 9), object(2, Long.MIN_VALUE + 900, 9)),
          reader.objectsOfKey(2, 9));
      assertEquals(3, reader.objectsOfKey(-3, -1).size());
      assertEquals(List.of(), reader.objectsOfKey(4, 9));
      assertEquals(List.of(), reader.objectsOfKey(1, 11));
    }
  }

  @Test
  void objectThatGotAnotherLightKeyIsNotFoundByTheOld() throws IndexException {
    var changes = new IndexChanges();
    changes.putObject(object(1, 2, 9));
    write(changes);
    changes.clear();
    changes.putObject(object(1, 2, 10));
    write(changes);
    write(changes);

    try (var reader = index.reader()) {
      assertEquals(List.of(), reader.objectsOfKey(1, 9));
      assertEquals(List.of(object(1, 2, 10)), reader.objectsOfKey(1, 10));
    }
  }

  @Test
  void everyObjectIsVisitedInTheOrderOfVolumeAndInode() throws IndexException {
    var expected = List.of(object(1, 2, 0), object(1, 3, 0), object(2, 1, 0), object(-1, 0, 0));
    var changes = new IndexChanges();
    expected.reversed().forEach(changes::putObject);
    write(changes);

    var visited = new ArrayList<ObjectEntry>();
    try (var reader = index.reader()) {
      reader.forEachObject(visited::add);
    }
    assertEquals(expected, visited);
  }

  @Test
  void readerMaySearchWhileItVisitsObjects() throws IndexException {
    var changes = new IndexChanges();
    changes.putObject(object(1, 2, 9));
    write(changes);

    var found = new ArrayList<ObjectEntry>();
    try (var reader = index.reader()) {
      reader.forEachObject(object -> {
        try {
          found.addAll(reader.objectsOfKey(1, 9));
        } catch (IndexException e) {
          throw new AssertionError(e);
        }
      });
    }
    assertEquals(List.of(object(1, 2, 9)), found);
  }

  @Test
  void readerSeesOneMomentUntilItIsRefreshed() throws IndexException {
    try (var reader = index.reader()) {
      var changes = new IndexChanges();
      changes.putDirectory(1, 2, record(2));
      write(changes);

      assertNull(reader.directory(1, 2));
      reader.refresh();
      assertNotNull(reader.directory(1, 2));
    }
  }

  @Test
  void directoryWithTenThousandEntriesIsOneRecord() throws IndexException {
    var rows = new ArrayList<Listings.Row>();
    for (int i = 0; i < 10_000; i++) {
      rows.add(Listings.directory("a-name-of-some-length-" + i, i + 1));
    }
    var writer = new DirectoryRecordWriter().begin(new Fingerprint(0, 0), 0);
    var listing = Listings.listing(rows);
    for (int at = 0; at < listing.count(); at++) {
      writer.add(listing, at, (byte) 0, 0);
    }
    var changes = new IndexChanges();
    changes.putDirectory(1, 2, writer.build());
    write(changes);

    try (var reader = index.reader()) {
      var record = reader.directory(1, 2);
      assertNotNull(record);
      assertTrue(record.matches(listing));
    }
  }

  @Test
  void valueThatIsNoRecordIsAsGoodAsNone() throws IndexException {
    var changes = new IndexChanges();
    changes.putDirectory(1, 2, new byte[] {1, 2, 3});
    write(changes);
    try (var reader = index.reader()) {
      assertNull(reader.directory(1, 2));
    }
  }

  @Test
  void closedReaderAndClosedIndexAnswerNothing() throws Exception {
    var reader = index.reader();
    reader.close();
    reader.close();
    assertThrows(IllegalStateException.class, () -> reader.directory(1, 2));

    var left = index.reader();
    index.close();
    index.close();
    assertThrows(IllegalStateException.class, () -> left.object(1, 2));
    assertThrows(IllegalStateException.class, left::refresh);
    assertThrows(IllegalStateException.class, index::reader);
    assertThrows(IllegalStateException.class, () -> index.write(new IndexChanges()));
    left.close();
  }

  @Test
  void indexCannotBeClosedFromInsideAVisit() throws IndexException {
    var changes = new IndexChanges();
    changes.putObject(object(1, 2, 9));
    write(changes);
    try (var reader = index.reader()) {
      reader.forEachObject(_ -> assertThrows(IllegalStateException.class, reader::close));
      assertTrue(reader.object(1, 2).isPresent());
    }
  }

  @Test
  void randomChangesLeaveWhatAMapWouldHold() throws Exception {
    var random = new Random(Long.getLong("seed", 11));
    var model = new TreeMap<FileKey, ObjectEntry>();
    for (int round = 0; round < 20; round++) {
      var changes = new IndexChanges();
      for (int i = 0; i < 300; i++) {
        long volume = random.nextInt(2);
        long inode = random.nextInt(400);
        if (random.nextInt(3) == 0) {
          changes.removeObject(volume, inode);
          model.remove(new FileKey(volume, inode));
        } else {
          var object = object(volume, inode, random.nextInt(20));
          changes.putObject(object);
          model.put(new FileKey(volume, inode), object);
        }
      }
      write(changes);
      if (round % 7 == 0) {
        reopen();
      }
      assertHolds(model);
    }
  }

  private void assertHolds(Map<FileKey, ObjectEntry> model) throws IndexException {
    var all = new ArrayList<ObjectEntry>();
    int byKey = 0;
    try (var reader = index.reader()) {
      reader.forEachObject(all::add);
      for (long key = 0; key < 20; key++) {
        byKey += reader.objectsOfKey(0, key).size() + reader.objectsOfKey(1, key).size();
      }
    }
    assertEquals(List.copyOf(model.values()), all);
    assertEquals(model.size(), byKey);
  }
}
