package dev.hashify.index;

import static dev.hashify.index.DirectoryLayout.INT;
import static dev.hashify.index.DirectoryLayout.LONG;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import java.util.Arrays;
import java.util.Optional;

/// What was recorded of one directory: its entries in the order of their inode numbers, their stat,
/// and what became of each.
///
/// A view of the bytes, which stay packed: no object per entry. Immutable as long as nobody writes
/// to the array it was made of.
///
/// **When an entry is unchanged.** Name, inode number and mode are equal, and for a regular file
/// also size, mtime, owner, group, attributes, ctime and number of links. Of a file recorded as
/// [PathState#SHARED], ctime, links and the bits that guards set are not compared: they move
/// whenever another path is linked to the same object.
public final class DirectoryRecord {

  /// What a guard changes on an inode.
  private static final int GUARD_ATTRIBUTES = FileAttributes.IMMUTABLE | FileAttributes.VERITY;

  private static final boolean[] IS_SETTLED = new boolean[256];

  static {
    for (int state = 0; state < IS_SETTLED.length; state++) {
      IS_SETTLED[state] = PathState.isSettled((byte) state);
    }
  }

  private final byte[] value;
  private final int count;
  private final int nameBytes;
  private final int fingerprints;

  // Where the columns begin. Fields, because the comparison of a directory is the hottest loop.
  private final int inode;
  private final int size;
  private final int modified;
  private final int changed;
  private final int key;
  private final int mode;
  private final int links;
  private final int uid;
  private final int gid;
  private final int attributes;
  private final int nameEnd;
  private final int state;
  private final int names;
  private final int fingerprintTable;

  private DirectoryRecord(byte[] value, DirectoryLayout layout) {
    this.value = value;
    count = layout.count();
    nameBytes = layout.nameBytes();
    fingerprints = layout.fingerprints();
    inode = layout.inode();
    size = layout.size();
    modified = layout.modified();
    changed = layout.changed();
    key = layout.key();
    mode = layout.mode();
    links = layout.links();
    uid = layout.uid();
    gid = layout.gid();
    attributes = layout.attributes();
    nameEnd = layout.nameEnd();
    state = layout.state();
    names = layout.names();
    fingerprintTable = layout.fingerprintTable();
  }

  /// The record that [DirectoryRecordWriter#build] wrote; empty if `value` is not one. Never
  /// throws: what a disk gives back is not to be trusted. The array is taken over, not copied.
  public static Optional<DirectoryRecord> parse(byte[] value) {
    if (value.length < DirectoryLayout.HEADER_BYTES || value[0] != DirectoryLayout.FORMAT) {
      return Optional.empty();
    }
    var layout =
        new DirectoryLayout(
            (int) INT.get(value, DirectoryLayout.COUNT_AT),
            (int) INT.get(value, DirectoryLayout.NAME_BYTES_AT),
            (int) INT.get(value, DirectoryLayout.FINGERPRINTS_AT));
    if (layout.count() < 0
        || layout.nameBytes() < 0
        || layout.fingerprints() < 0
        || layout.totalBytes() != value.length) {
      return Optional.empty();
    }
    var record = new DirectoryRecord(value, layout);
    return record.namesAddUp() && record.fingerprintsAddUp()
        ? Optional.of(record)
        : Optional.empty();
  }

  private boolean namesAddUp() {
    int before = 0;
    for (int at = 0; at < count; at++) {
      int end = nameEnd(at);
      if (end < before) {
        return false;
      }
      before = end;
    }
    return before == nameBytes;
  }

  private boolean fingerprintsAddUp() {
    int before = -1;
    for (int row = 0; row < fingerprints; row++) {
      int at = fingerprintEntry(row);
      if (at <= before || at >= count) {
        return false;
      }
      before = at;
    }
    return true;
  }

  /// Whether `listing` has the same entries in the same order, all unchanged.
  ///
  /// `listing` must be sorted, see [DirectoryListing#sortByInode].
  public boolean matches(DirectoryListing listing) {
    if (count != listing.count()) {
      return false;
    }
    int listedBytes = count == 0 ? 0 : listing.nameStart(count - 1) + listing.nameLength(count - 1);
    if (nameBytes != listedBytes
        || Arrays.mismatch(value, names, names + nameBytes, listing.names(), 0, nameBytes) >= 0) {
      return false;
    }
    for (int at = 0; at < count; at++) {
      if (nameEnd(at) != listing.nameStart(at) + listing.nameLength(at)
          || !isUnchanged(at, listing, at)) {
        return false;
      }
    }
    return true;
  }

  private boolean isUnchanged(int at, DirectoryListing listing, int listed) {
    int listedMode = listing.mode(listed);
    if (inode(at) != listing.inode(listed)
        || mode(at) != listedMode
        || listing.isVanished(listed)) {
      return false;
    }
    if (!FileMode.isRegular(listedMode)) {
      return true;
    }
    if (sizeBytes(at) != listing.sizeBytes(listed)
        || modifiedNanos(at) != listing.modifiedNanos(listed)
        || uid(at) != listing.uid(listed)
        || gid(at) != listing.gid(listed)) {
      return false;
    }
    int attributesMoved = attributes(at) ^ listing.attributes(listed);
    if (state(at) == PathState.SHARED) {
      // An object has its name in the store besides; a file with one name is none any more.
      return (attributesMoved & ~GUARD_ATTRIBUTES) == 0 && listing.links(listed) > 1;
    }
    return attributesMoved == 0
        && changedNanos(at) == listing.changedNanos(listed)
        && links(at) == listing.links(listed);
  }

  /// The position here of entry `listed` of `listing` if it is unchanged, else -1. For directories
  /// of which only some entries changed: a binary search.
  public int find(DirectoryListing listing, int listed) {
    long wanted = listing.inode(listed);
    for (int at = firstOf(wanted); at < count && inode(at) == wanted; at++) {
      if (hasNameOf(at, listing, listed)) {
        return isUnchanged(at, listing, listed) ? at : -1;
      }
    }
    return -1;
  }

  private int firstOf(long wanted) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(inode(middle), wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean hasNameOf(int at, DirectoryListing listing, int listed) {
    int start = listing.nameStart(listed);
    return Arrays.equals(
        value,
        names + nameStart(at),
        names + nameEnd(at),
        listing.names(),
        start,
        start + listing.nameLength(listed));
  }

  /// Whether every regular file has an answer that holds until it or the rules change.
  public boolean isSettled() {
    for (int at = 0; at < count; at++) {
      if (FileMode.isRegular(mode(at)) && !IS_SETTLED[state(at) & 0xff]) {
        return false;
      }
    }
    return true;
  }

  /// The number of entries.
  public int count() {
    return count;
  }

  /// What the entries' states depend on besides the files; given to [DirectoryRecordWriter#begin].
  public Fingerprint context() {
    return new Fingerprint(
        (long) LONG.get(value, DirectoryLayout.CONTEXT_HIGH_AT),
        (long) LONG.get(value, DirectoryLayout.CONTEXT_LOW_AT));
  }

  /// With what it was settled; given to [DirectoryRecordWriter#begin].
  public long token() {
    return (long) LONG.get(value, DirectoryLayout.TOKEN_AT);
  }

  public long inode(int at) {
    return longAt(inode, at);
  }

  public long sizeBytes(int at) {
    return longAt(size, at);
  }

  public long modifiedNanos(int at) {
    return longAt(modified, at);
  }

  public long changedNanos(int at) {
    return longAt(changed, at);
  }

  /// The light identity key.
  public long key(int at) {
    return longAt(key, at);
  }

  public int mode(int at) {
    return intAt(mode, at);
  }

  public int links(int at) {
    return intAt(links, at);
  }

  public int uid(int at) {
    return intAt(uid, at);
  }

  public int gid(int at) {
    return intAt(gid, at);
  }

  /// The [FileAttributes] bits.
  public int attributes(int at) {
    return intAt(attributes, at);
  }

  /// What became of the entry, see [PathState].
  public byte state(int at) {
    return value[state + at];
  }

  public int nameLength(int at) {
    return nameEnd(at) - nameStart(at);
  }

  /// A copy of the name of entry `at`.
  public byte[] name(int at) {
    return Arrays.copyOfRange(value, names + nameStart(at), names + nameEnd(at));
  }

  /// Copies the name of entry `at` to `target` from `offset` on; returns its length.
  public int copyName(int at, byte[] target, int offset) {
    int length = nameLength(at);
    System.arraycopy(value, names + nameStart(at), target, offset, length);
    return length;
  }

  /// The fingerprint of the content of entry `at`, if one is recorded. A binary search.
  public Optional<Fingerprint> fingerprint(int at) {
    int low = 0;
    int high = fingerprints - 1;
    while (low <= high) {
      int row = (low + high) >>> 1;
      int entry = fingerprintEntry(row);
      if (entry == at) {
        int bits = fingerprintTable + DirectoryLayout.FINGERPRINT_BYTES * row + 4;
        return Optional.of(
            new Fingerprint((long) LONG.get(value, bits), (long) LONG.get(value, bits + 8)));
      }
      if (entry < at) {
        low = row + 1;
      } else {
        high = row - 1;
      }
    }
    return Optional.empty();
  }

  private int fingerprintEntry(int row) {
    return (int) INT.get(value, fingerprintTable + DirectoryLayout.FINGERPRINT_BYTES * row);
  }

  private int nameStart(int at) {
    return at == 0 ? 0 : nameEnd(at - 1);
  }

  private int nameEnd(int at) {
    return intAt(nameEnd, at);
  }

  private int intAt(int column, int at) {
    return (int) INT.get(value, column + 4 * at);
  }

  private long longAt(int column, int at) {
    return (long) LONG.get(value, column + 8 * at);
  }
}
