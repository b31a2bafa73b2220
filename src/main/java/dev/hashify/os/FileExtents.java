package dev.hashify.os;

import java.util.Arrays;

/// Where the content of a file lies on its volume, as FIEMAP shows it at one moment.
///
/// Only what holds content counts: what a file system has set aside behind the end of the file is
/// left out, and the last extent ends with the block the file ends in. Immutable.
public final class FileExtents {

  /// `FIEMAP_EXTENT_*` of linux/fiemap.h.
  private static final int UNKNOWN = 0x2;

  private static final int DELAYED = 0x4;
  private static final int ENCODED = 0x8;
  private static final int ENCRYPTED = 0x80;
  private static final int INLINE = 0x200;
  private static final int TAIL = 0x400;
  private static final int UNWRITTEN = 0x800;
  private static final int SHARED = 0x2000;

  /// The numbers of one extent: logical and physical position, length, flags.
  private static final int FIELDS = 4;

  /// The smallest block of the file systems that share blocks; a larger one only makes the last
  /// extent of a file count less than it takes.
  private static final long BLOCK_BYTES = 4096;

  private final long[] extents;
  private final long sizeBytes;

  private FileExtents(long[] extents, long sizeBytes) {
    this.extents = extents;
    this.sizeBytes = sizeBytes;
  }

  /// Whether an extent with these flags has a place of its own.
  static boolean isPlaced(int flags) {
    return (flags & (UNKNOWN | DELAYED | INLINE)) == 0;
  }

  /// Collects extents in the order of their logical positions.
  static final class Builder {
    private final long sizeBytes;
    private long[] extents = new long[2 * FIELDS];
    private int used;

    Builder(long sizeBytes) {
      this.sizeBytes = sizeBytes;
    }

    /// Adds an extent; joins it to the one before if that ends where it begins.
    void add(long logical, long physical, long length, int flags) {
      long end = (sizeBytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
      long counted = Math.min(length, end - logical);
      if (counted <= 0) {
        return;
      }
      int kind =
          flags & (UNKNOWN | DELAYED | ENCODED | ENCRYPTED | INLINE | TAIL | UNWRITTEN | SHARED);
      int before = used - FIELDS;
      boolean isNext =
          used > 0
              && extents[before] + extents[before + 2] == logical
              && extents[before + 1] + extents[before + 2] == physical
              && extents[before + 3] == kind
              && (kind & ENCODED) == 0;
      if (isNext) {
        extents[before + 2] += counted;
        return;
      }
      if (used == extents.length) {
        extents = Arrays.copyOf(extents, used * 2);
      }
      extents[used++] = logical;
      extents[used++] = physical;
      extents[used++] = counted;
      extents[used++] = kind;
    }

    FileExtents build() {
      return new FileExtents(Arrays.copyOf(extents, used), sizeBytes);
    }
  }

  public int count() {
    return extents.length / FIELDS;
  }

  /// Where extent `at` begins in the file.
  public long start(int at) {
    return extents[at * FIELDS];
  }

  private long physical(int at) {
    return extents[at * FIELDS + 1];
  }

  /// How many bytes of the file extent `at` holds, whole blocks.
  public long lengthBytes(int at) {
    return extents[at * FIELDS + 2];
  }

  private boolean has(int at, int flags) {
    return (extents[at * FIELDS + 3] & flags) != 0;
  }

  private boolean hasAny(int flags) {
    for (int at = 0; at < count(); at++) {
      if (has(at, flags)) {
        return true;
      }
    }
    return false;
  }

  /// Whether content lies beside the inode, in blocks that it has together with other files' small
  /// contents; such content cannot be shared.
  public boolean isInline() {
    return hasAny(INLINE | TAIL);
  }

  /// Whether some content has no place yet: it was written a moment ago.
  public boolean isUnplaced() {
    return hasAny(UNKNOWN | DELAYED);
  }

  /// Whether any block is referenced by somebody else, too: another file, a snapshot, or another
  /// place of this file.
  public boolean hasShared() {
    return hasAny(SHARED);
  }

  /// Whether files of these same blocks have the same content for certain. Not for compressed ones:
  /// what is given as their place may mean different parts of one stream.
  public boolean isProof() {
    return count() > 0 && !hasAny(UNKNOWN | DELAYED | INLINE | TAIL | ENCODED | ENCRYPTED);
  }

  /// Whether `other` lies in the same blocks at the same positions.
  public boolean hasSameBlocks(FileExtents other) {
    return sizeBytes == other.sizeBytes && Arrays.equals(blocks(), other.blocks());
  }

  /// A number that is equal for files of the same blocks.
  public int blocksHash() {
    return Arrays.hashCode(blocks()) * 31 + Long.hashCode(sizeBytes);
  }

  /// The extents without the flag that says whether others use them, which makes pieces of them.
  private long[] blocks() {
    var all = new Builder(sizeBytes);
    for (int at = 0; at < count(); at++) {
      int flags = (int) extents[at * FIELDS + 3] & ~SHARED;
      all.add(start(at), physical(at), lengthBytes(at), flags);
    }
    return Arrays.copyOf(all.extents, all.used);
  }

  /// What deleting the file would give back: the blocks that nobody else references. Compressed
  /// extents count by the content they hold.
  public long exclusiveBytes() {
    return exclusiveBytesNotIn(new FileExtents(new long[0], sizeBytes));
  }

  /// The blocks that nobody else referenced and that are not in `after`: what came back when the
  /// file got those.
  public long exclusiveBytesNotIn(FileExtents after) {
    long[][] kept = after.byPlace();
    long gone = 0;
    for (int at = 0; at < count(); at++) {
      if (!has(at, SHARED | UNKNOWN | DELAYED | INLINE)) {
        gone += lengthBytes(at) - overlap(kept, physical(at), physical(at) + lengthBytes(at));
      }
    }
    return gone;
  }

  private long[][] byPlace() {
    long[][] places = new long[count()][];
    for (int at = 0; at < count(); at++) {
      places[at] = new long[] {physical(at), physical(at) + lengthBytes(at)};
    }
    Arrays.sort(places, (one, other) -> Long.compareUnsigned(one[0], other[0]));
    return places;
  }

  private static long overlap(long[][] places, long from, long to) {
    long bytes = 0;
    int low = 0;
    int high = places.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (places[middle][1] <= from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int at = low; at < places.length && places[at][0] < to; at++) {
      bytes += Math.max(0, Math.min(to, places[at][1]) - Math.max(from, places[at][0]));
    }
    return Math.min(bytes, to - from);
  }
}
