package dev.hashify.file;

import java.util.Arrays;
import java.util.Optional;

/// All entries of one directory with their stat, packed in columns and used again for the next
/// directory.
///
/// Entries are in the order of their inode numbers, the order in which a disk likes to be read. `.`
/// and `..` are left out. Directories and special files have only name, inode number and type:
/// nothing else is asked of the kernel for them.
///
/// One owner thread; grows as needed and never shrinks. Some 60 bytes an entry besides the names.
public final class DirectoryListing {

  /// The kernel gave no stat because the entry was gone when it was asked.
  public static final int VANISHED = -1;

  /// Up to here inserting is as fast as anything ([Arrays#sort(long\[\])] does it, too).
  private static final int SORTED_BY_HAND_MAX = 44;

  private int count;
  private int nameBytesUsed;

  private byte[] names = new byte[4096];
  private int[] nameStart = new int[129];
  private long[] inode = new long[128];
  private long[] sizeBytes = new long[128];
  private long[] modifiedNanos = new long[128];
  private long[] changedNanos = new long[128];
  private int[] mode = new int[128];
  private int[] links = new int[128];
  private int[] uid = new int[128];
  private int[] gid = new int[128];
  private int[] attributes = new int[128];
  private int[] place = new int[128];

  /// Where a column is put into order.
  private long[] movedLongs = new long[128];

  private int[] movedInts = new int[128];
  private byte[] movedNames = new byte[4096];

  /// Forgets all entries.
  public void clear() {
    count = 0;
    nameBytesUsed = 0;
  }

  /// Appends an entry of which only name, inode and type are known; returns its position.
  ///
  /// @param typeBits the type part of `st_mode`, 0 if unknown
  public int add(byte[] nameSource, int from, int length, long entryInode, int typeBits) {
    int at = addRow(length);
    System.arraycopy(nameSource, from, names, nameStart[at], length);
    inode[at] = entryInode;
    mode[at] = typeBits;
    return at;
  }

  private int addRow(int nameLength) {
    if (count == inode.length) {
      grow();
    }
    if (names.length - nameBytesUsed < nameLength) {
      names = Arrays.copyOf(names, Math.max(names.length * 2, nameBytesUsed + nameLength));
    }
    int at = count++;
    nameStart[at] = nameBytesUsed;
    nameBytesUsed += nameLength;
    nameStart[at + 1] = nameBytesUsed;
    sizeBytes[at] = 0;
    modifiedNanos[at] = 0;
    changedNanos[at] = 0;
    links[at] = 0;
    uid[at] = 0;
    gid[at] = 0;
    attributes[at] = 0;
    place[at] = 0;
    return at;
  }

  private void grow() {
    int size = inode.length * 2;
    nameStart = Arrays.copyOf(nameStart, size + 1);
    inode = Arrays.copyOf(inode, size);
    sizeBytes = Arrays.copyOf(sizeBytes, size);
    modifiedNanos = Arrays.copyOf(modifiedNanos, size);
    changedNanos = Arrays.copyOf(changedNanos, size);
    mode = Arrays.copyOf(mode, size);
    links = Arrays.copyOf(links, size);
    uid = Arrays.copyOf(uid, size);
    gid = Arrays.copyOf(gid, size);
    attributes = Arrays.copyOf(attributes, size);
    place = Arrays.copyOf(place, size);
  }

  /// Fills in the stat of entry `at`.
  public void setStat(
      int at,
      long entryInode,
      int entryMode,
      int linkCount,
      int owner,
      int group,
      long size,
      long modified,
      long changed,
      int attributeBits) {
    inode[at] = entryInode;
    mode[at] = entryMode;
    links[at] = linkCount;
    uid[at] = owner;
    gid[at] = group;
    sizeBytes[at] = size;
    modifiedNanos[at] = modified;
    changedNanos[at] = changed;
    attributes[at] = attributeBits;
  }

  /// Notes where whoever lists has entry `at`; means something to the lister alone.
  public void setPlace(int at, int where) {
    place[at] = where;
  }

  /// What [#setPlace] has noted.
  public int place(int at) {
    return place[at];
  }

  /// Marks entry `at` as gone when its stat was asked for.
  public void setVanished(int at) {
    links[at] = VANISHED;
  }

  /// Marks entry `at` as one whose stat could not be had, with the error number.
  public void setFailed(int at, int errorNumber) {
    links[at] = VANISHED - errorNumber;
  }

  /// Compares two entries by inode number, names of one inode by their bytes: an order that does
  /// not depend on how the file system lists them.
  public int compare(int one, int other) {
    int byInode = Long.compareUnsigned(inode[one], inode[other]);
    return byInode != 0
        ? byInode
        : Arrays.compareUnsigned(
            names,
            nameStart[one],
            nameStart[one + 1],
            names,
            nameStart[other],
            nameStart[other + 1]);
  }

  /// Puts the entries into the order of [#compare].
  public void sortByInode() {
    boolean sorted = true;
    for (int i = 1; i < count && sorted; i++) {
      sorted = compare(i - 1, i) <= 0;
    }
    if (sorted) {
      return;
    }
    int[] order = inodeOrder();
    if (movedLongs.length < count) {
      movedLongs = new long[inode.length];
      movedInts = new int[inode.length + 1];
    }
    putNamesInOrder(order);
    for (long[] column : new long[][] {inode, sizeBytes, modifiedNanos, changedNanos}) {
      putInOrder(column, order);
    }
    for (int[] column : new int[][] {mode, links, uid, gid, attributes, place}) {
      putInOrder(column, order);
    }
  }

  private void putInOrder(long[] column, int[] order) {
    for (int i = 0; i < count; i++) {
      movedLongs[i] = column[order[i]];
    }
    System.arraycopy(movedLongs, 0, column, 0, count);
  }

  private void putInOrder(int[] column, int[] order) {
    for (int i = 0; i < count; i++) {
      movedInts[i] = column[order[i]];
    }
    System.arraycopy(movedInts, 0, column, 0, count);
  }

  private void putNamesInOrder(int[] order) {
    if (movedNames.length < nameBytesUsed) {
      movedNames = new byte[names.length];
    }
    int end = 0;
    for (int i = 0; i < count; i++) {
      int length = nameLength(order[i]);
      System.arraycopy(names, nameStart[order[i]], movedNames, end, length);
      movedInts[i] = end;
      end += length;
    }
    System.arraycopy(movedNames, 0, names, 0, end);
    System.arraycopy(movedInts, 0, nameStart, 0, count);
  }

  private int[] inodeOrder() {
    int[] order = new int[count];
    long highest = 0;
    for (int i = 0; i < count; i++) {
      highest |= inode[i];
    }
    int positionBits = 32 - Integer.numberOfLeadingZeros(count);
    if (Long.numberOfLeadingZeros(highest) > positionBits) {
      long[] keys = new long[count];
      for (int i = 0; i < count; i++) {
        keys[i] = inode[i] << positionBits | i;
      }
      sort(keys);
      for (int i = 0; i < count; i++) {
        order[i] = (int) (keys[i] & ((1L << positionBits) - 1));
      }
      sortNamesOfOneInode(order);
      return order;
    }
    Integer[] boxed = new Integer[count];
    Arrays.setAll(boxed, i -> i);
    Arrays.sort(boxed, this::compare);
    Arrays.setAll(order, i -> boxed[i]);
    return order;
  }

  /// Nearly all directories have few entries, and to those it is not worth the while to begin what
  /// sorts many.
  private static void sort(long[] keys) {
    if (keys.length > SORTED_BY_HAND_MAX) {
      Arrays.sort(keys);
      return;
    }
    for (int i = 1; i < keys.length; i++) {
      long moved = keys[i];
      int to = i;
      while (to > 0 && keys[to - 1] > moved) {
        keys[to] = keys[to - 1];
        to--;
      }
      keys[to] = moved;
    }
  }

  /// Few inodes have several names in one directory, and those have few.
  private void sortNamesOfOneInode(int[] order) {
    for (int i = 1; i < order.length; i++) {
      int moved = order[i];
      int to = i;
      while (to > 0 && inode[order[to - 1]] == inode[moved] && compare(order[to - 1], moved) > 0) {
        order[to] = order[to - 1];
        to--;
      }
      order[to] = moved;
    }
  }

  /// The number of entries.
  public int count() {
    return count;
  }

  /// The array that holds all names; only the ranges of [#nameStart] and [#nameLength] mean
  /// anything, and only until the listing is filled again. Not to be written.
  public byte[] names() {
    return names;
  }

  public int nameStart(int at) {
    return nameStart[at];
  }

  public int nameLength(int at) {
    return nameStart[at + 1] - nameStart[at];
  }

  /// A copy of the name of entry `at`.
  public byte[] name(int at) {
    return Arrays.copyOfRange(names, nameStart[at], nameStart[at + 1]);
  }

  public long inode(int at) {
    return inode[at];
  }

  /// Type and permissions; only the type for what has no stat.
  public int mode(int at) {
    return mode[at];
  }

  public boolean isRegular(int at) {
    return FileMode.isRegular(mode[at]);
  }

  public boolean isDirectory(int at) {
    return FileMode.isDirectory(mode[at]);
  }

  public boolean isVanished(int at) {
    return links[at] == VANISHED;
  }

  /// Why there is no stat of entry `at` although it was asked for and the entry is still there.
  public Optional<Errno> failure(int at) {
    return links[at] < VANISHED ? Optional.of(Errno.of(VANISHED - links[at])) : Optional.empty();
  }

  /// The number of names of the inode; negative if there is no stat.
  public int links(int at) {
    return links[at];
  }

  public int uid(int at) {
    return uid[at];
  }

  public int gid(int at) {
    return gid[at];
  }

  public long sizeBytes(int at) {
    return sizeBytes[at];
  }

  public long modifiedNanos(int at) {
    return modifiedNanos[at];
  }

  public long changedNanos(int at) {
    return changedNanos[at];
  }

  /// The [FileAttributes] bits.
  public int attributes(int at) {
    return attributes[at];
  }
}
