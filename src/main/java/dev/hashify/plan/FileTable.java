package dev.hashify.plan;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.file.TreePath;
import java.util.Arrays;
import java.util.Optional;

/// All entries of all directories that need a decision, packed in columns: some 60 bytes an entry
/// besides its name, no object for any of them.
///
/// Rows of one directory are consecutive and in the order of its listing. Filled by many threads
/// ([#add] is synchronized); once the walk is over, one thread at a time reads and writes states.
public final class FileTable {

  private final NameArena names = new NameArena();
  private final FileKinds kinds = new FileKinds();

  private final LongColumn inode = new LongColumn();
  private final LongColumn sizeBytes = new LongColumn();
  private final LongColumn modifiedNanos = new LongColumn();
  private final LongColumn changedNanos = new LongColumn();
  private final LongColumn key = new LongColumn();
  private final IntColumn kind = new IntColumn();
  private final IntColumn links = new IntColumn();
  private final IntColumn nameStart = new IntColumn();
  private final ByteColumn state = new ByteColumn();
  private int rows;

  private final IntColumn directoryRoot = new IntColumn();
  private final IntColumn directoryFirstRow = new IntColumn();
  private final LongColumn directoryInode = new LongColumn();
  private final LongColumn directoryContextHigh = new LongColumn();
  private final LongColumn directoryContextLow = new LongColumn();
  private final LongColumn directoryPath = new LongColumn();
  private final IntColumn directoryPathLength = new IntColumn();
  private final LongColumn directoryNames = new LongColumn();
  private final IntColumn directoryNamesLength = new IntColumn();
  private int directories;

  /// Content fingerprints, two numbers each; few files have one.
  private final FingerprintColumn fingerprints = new FingerprintColumn();

  /// Appends a directory with all its entries.
  ///
  /// @param states one for each entry, see [PathState]
  /// @param keys the light key of each entry that is a candidate, else anything
  /// @return the first row; entry `i` of the listing is row `first + i`
  public synchronized int add(
      DirectorySource source, DirectoryListing listing, byte[] states, long[] keys) {
    int count = listing.count();
    int first = rows;
    Math.addExact(first, count);
    byte[] path = source.path().bytes();
    directoryRoot.set(directories, source.root());
    directoryFirstRow.set(directories, first);
    directoryInode.set(directories, source.inode());
    directoryContextHigh.set(directories, source.contextHigh());
    directoryContextLow.set(directories, source.contextLow());
    directoryPath.set(directories, names.add(path, 0, path.length));
    directoryPathLength.set(directories, path.length);
    int namesLength = count == 0 ? 0 : listing.nameStart(count - 1) + listing.nameLength(count - 1);
    directoryNames.set(directories, names.add(listing.names(), 0, namesLength));
    directoryNamesLength.set(directories, namesLength);
    directories++;
    for (int i = 0; i < count; i++) {
      int row = first + i;
      inode.set(row, listing.inode(i));
      sizeBytes.set(row, listing.sizeBytes(i));
      modifiedNanos.set(row, listing.modifiedNanos(i));
      changedNanos.set(row, listing.changedNanos(i));
      key.set(row, keys[i]);
      kind.set(
          row, kinds.of(listing.mode(i), listing.uid(i), listing.gid(i), listing.attributes(i)));
      links.set(row, listing.links(i));
      nameStart.set(row, listing.nameStart(i));
      state.set(row, states[i]);
    }
    rows = first + count;
    return first;
  }

  /// Notes a fingerprint that this run, or an earlier one if it is still true, made of the content
  /// of `row`.
  public synchronized void setFingerprint(int row, long high, long low) {
    fingerprints.set(row, high, low);
  }

  /// The fingerprint of the content of `row`, upper and lower half, if one is known.
  public synchronized Optional<long[]> fingerprint(int row) {
    return fingerprints.get(row);
  }

  /// The number of rows.
  public int rows() {
    return rows;
  }

  /// The number of directories.
  public int directories() {
    return directories;
  }

  /// The directory that `row` belongs to.
  public int directoryOf(int row) {
    int low = 0;
    int high = directories - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (directoryFirstRow.get(middle) <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    // Empty directories share their first row with the next one, which is found: the last of them.
    return low;
  }

  public int firstRow(int directory) {
    return directoryFirstRow.get(directory);
  }

  /// The row after the last one of `directory`.
  public int endRow(int directory) {
    return directory + 1 < directories ? directoryFirstRow.get(directory + 1) : rows;
  }

  /// Which directory it is.
  public DirectorySource source(int directory) {
    return new DirectorySource(
        directoryRoot.get(directory),
        TreePath.of(
            names.copy(directoryPath.get(directory), 0, directoryPathLength.get(directory))),
        directoryInode.get(directory),
        directoryContextHigh.get(directory),
        directoryContextLow.get(directory));
  }

  public int rootOf(int directory) {
    return directoryRoot.get(directory);
  }

  /// Fills `listing` with the rows of `directory`, in their order.
  public void copyTo(int directory, DirectoryListing listing) {
    listing.clear();
    byte[] all = names.copy(directoryNames.get(directory), 0, directoryNamesLength.get(directory));
    for (int row = firstRow(directory); row < endRow(directory); row++) {
      int at =
          listing.add(all, nameStart.get(row), nameLength(row, directory), inode(row), mode(row));
      listing.setStat(
          at,
          inode(row),
          mode(row),
          links(row),
          uid(row),
          gid(row),
          sizeBytes(row),
          modifiedNanos(row),
          changedNanos(row),
          attributes(row));
    }
  }

  private int nameLength(int row, int directory) {
    int end =
        row + 1 < endRow(directory) ? nameStart.get(row + 1) : directoryNamesLength.get(directory);
    return end - nameStart.get(row);
  }

  /// The base name of `row`.
  public byte[] name(int row) {
    int directory = directoryOf(row);
    return names.copy(
        directoryNames.get(directory), nameStart.get(row), nameLength(row, directory));
  }

  /// Compares the base names of two rows as unsigned bytes.
  public int compareNames(int row, int other) {
    int directory = directoryOf(row);
    int otherDirectory = directoryOf(other);
    long at = directoryNames.get(directory);
    long otherAt = directoryNames.get(otherDirectory);
    int from = names.offset(at) + nameStart.get(row);
    int otherFrom = names.offset(otherAt) + nameStart.get(other);
    return Arrays.compareUnsigned(
        names.block(at),
        from,
        from + nameLength(row, directory),
        names.block(otherAt),
        otherFrom,
        otherFrom + nameLength(other, otherDirectory));
  }

  /// The name's part of the light key of `row`.
  public long nameHash(int row, Identity identity) {
    int directory = directoryOf(row);
    long at = directoryNames.get(directory);
    return identity.nameHash(
        names.block(at), names.offset(at) + nameStart.get(row), nameLength(row, directory));
  }

  /// The path of `row` below its root.
  public TreePath path(int row) {
    return source(directoryOf(row)).path().child(name(row));
  }

  public long inode(int row) {
    return inode.get(row);
  }

  public long sizeBytes(int row) {
    return sizeBytes.get(row);
  }

  public long modifiedNanos(int row) {
    return modifiedNanos.get(row);
  }

  public long changedNanos(int row) {
    return changedNanos.get(row);
  }

  public long key(int row) {
    return key.get(row);
  }

  public void setKey(int row, long value) {
    key.set(row, value);
  }

  public int mode(int row) {
    return kinds.mode(kind.get(row));
  }

  public int uid(int row) {
    return kinds.uid(kind.get(row));
  }

  public int gid(int row) {
    return kinds.gid(kind.get(row));
  }

  public int attributes(int row) {
    return kinds.attributes(kind.get(row));
  }

  public int links(int row) {
    return links.get(row);
  }

  /// The [PathState] of `row`.
  public byte state(int row) {
    return state.get(row);
  }

  public void setState(int row, byte value) {
    state.set(row, value);
  }

  /// Notes that the path of `row` now leads to another inode: that of the object it shares. Times
  /// of change and link counts of objects are not kept, they move with every link.
  public void setShared(int row, long objectInode, long objectModifiedNanos) {
    inode.set(row, objectInode);
    modifiedNanos.set(row, objectModifiedNanos);
    state.set(row, PathState.SHARED);
  }

  /// Whether `row` is a regular file whose fate is to be decided or may change.
  public boolean isCandidate(int row) {
    byte now = state.get(row);
    boolean mayChange =
        now == PathState.UNSETTLED || PathState.isAlone(now) || now == PathState.CLONED;
    return mayChange && FileMode.isRegular(mode(row));
  }
}
