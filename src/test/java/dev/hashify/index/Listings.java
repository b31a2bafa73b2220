package dev.hashify.index;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Directories made up for tests, as a list of plain rows: slow and obvious.
final class Listings {

  static final byte[] STATES = {
    PathState.UNSETTLED, PathState.UNIQUE, PathState.SHARED, PathState.PROBLEM
  };

  /// One entry. For what is no regular file everything from `size` on is 0, as in a real listing.
  record Row(
      String name,
      long inode,
      int mode,
      long size,
      long modified,
      long changed,
      int links,
      int uid,
      int gid,
      int attributes,
      byte state) {

    boolean isRegular() {
      return (mode & FileMode.TYPE_MASK) == FileMode.REGULAR;
    }
  }

  private Listings() {}

  static Row file(String name, long inode) {
    return new Row(
        name, inode, FileMode.REGULAR | 0644, 1000 + inode, 7, 8, 1, 0, 0, 0, PathState.UNIQUE);
  }

  static Row shared(String name, long inode, int links, long changed, int attributes) {
    return new Row(
        name,
        inode,
        FileMode.REGULAR | 0644,
        50,
        7,
        changed,
        links,
        0,
        0,
        attributes,
        PathState.SHARED);
  }

  static Row directory(String name, long inode) {
    return new Row(name, inode, FileMode.DIRECTORY, 0, 0, 0, 0, 0, 0, 0, PathState.UNSETTLED);
  }

  static DirectoryListing listing(List<Row> rows) {
    var listing = new DirectoryListing();
    for (var row : rows) {
      byte[] name = row.name.getBytes(StandardCharsets.UTF_8);
      int at = listing.add(name, 0, name.length, row.inode, row.mode);
      if (row.isRegular()) {
        listing.setStat(
            at,
            row.inode,
            row.mode,
            row.links,
            row.uid,
            row.gid,
            row.size,
            row.modified,
            row.changed,
            row.attributes);
      }
    }
    listing.sortByInode();
    return listing;
  }

  static byte[] record(List<Row> rows) {
    var writer = new DirectoryRecordWriter().begin(new Fingerprint(1, 2), 3);
    var listing = listing(rows);
    for (int at = 0; at < listing.count(); at++) {
      var row = rowOf(listing, at, rows);
      writer.add(listing, at, row.state, key(row));
    }
    return writer.build();
  }

  static long key(Row row) {
    return row.inode * 31 + row.size;
  }

  /// The row that entry `at` was made of: rows of one directory differ in their names.
  static Row rowOf(DirectoryListing listing, int at, List<Row> rows) {
    var name = new String(listing.name(at), StandardCharsets.UTF_8);
    return rows.stream().filter(row -> row.name.equals(name)).findFirst().orElseThrow();
  }

  static List<Row> random(RandomGenerator random, int count) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      var name = "é".repeat(random.nextInt(3)) + "n" + i + "x".repeat(random.nextInt(20));
      // Few inodes, so that some are met twice; some beyond the sign bit.
      long inode = random.nextInt(count) + 1L;
      inode |= random.nextInt(4) == 0 ? Long.MIN_VALUE : 0;
      rows.add(random.nextInt(6) == 0 ? directory(name, inode) : randomFile(random, name, inode));
    }
    return rows;
  }

  private static Row randomFile(RandomGenerator random, String name, long inode) {
    return new Row(
        name,
        inode,
        FileMode.REGULAR | random.nextInt(07777),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        1 + random.nextInt(5),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt() & ~1,
        STATES[random.nextInt(STATES.length)]);
  }

  /// `row` with one field moved, or none.
  static Row moved(RandomGenerator random, Row row) {
    boolean regular = row.isRegular();
    return switch (random.nextInt(12)) {
      case 0 -> with(row, row.name + "!", row.inode, row.mode);
      case 1 -> with(row, row.name, row.inode ^ 0x40, row.mode);
      case 2 -> with(row, row.name, row.inode, row.mode ^ 0100);
      case 3 -> regular ? withTimes(row, row.size + 1, row.modified, row.changed) : row;
      case 4 -> regular ? withTimes(row, row.size, row.modified + 1, row.changed) : row;
      case 5 -> regular ? withTimes(row, row.size, row.modified, row.changed + 1) : row;
      case 6 -> regular ? withRest(row, row.links + 1, row.uid, row.gid, row.attributes) : row;
      case 7 -> regular ? withRest(row, row.links, row.uid + 1, row.gid, row.attributes) : row;
      case 8 -> regular ? withRest(row, row.links, row.uid, row.gid + 1, row.attributes) : row;
      case 9 -> regular ? withRest(row, row.links, row.uid, row.gid, row.attributes ^ 0x10) : row;
      case 10 -> regular ? withRest(row, row.links, row.uid, row.gid, row.attributes ^ 0x20) : row;
      default -> row;
    };
  }

  private static Row with(Row row, String name, long inode, int mode) {
    return new Row(
        name,
        inode,
        mode,
        row.size,
        row.modified,
        row.changed,
        row.links,
        row.uid,
        row.gid,
        row.attributes,
        row.state);
  }

  private static Row withTimes(Row row, long size, long modified, long changed) {
    return new Row(
        row.name,
        row.inode,
        row.mode,
        size,
        modified,
        changed,
        row.links,
        row.uid,
        row.gid,
        row.attributes,
        row.state);
  }

  private static Row withRest(Row row, int links, int uid, int gid, int attributes) {
    return new Row(
        row.name,
        row.inode,
        row.mode,
        row.size,
        row.modified,
        row.changed,
        links,
        uid,
        gid,
        attributes,
        row.state);
  }

  /// The rule of [DirectoryRecord], word by word.
  static boolean isUnchanged(Row recorded, Row now) {
    boolean sameEntry =
        recorded.name.equals(now.name) && recorded.inode == now.inode && recorded.mode == now.mode;
    if (!sameEntry || !now.isRegular()) {
      return sameEntry;
    }
    boolean shared = recorded.state == PathState.SHARED;
    int compared = shared ? ~(0x10 | 0x10_0000) : ~0;
    return recorded.size == now.size
        && recorded.modified == now.modified
        && recorded.uid == now.uid
        && recorded.gid == now.gid
        && (recorded.attributes & compared) == (now.attributes & compared)
        && (shared
            ? now.links > 1
            : recorded.changed == now.changed && recorded.links == now.links);
  }
}
