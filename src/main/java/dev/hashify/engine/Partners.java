package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.Fingerprint;
import dev.hashify.index.IndexException;
import dev.hashify.index.ObjectEntry;
import dev.hashify.plan.DirectorySource;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.LongIntMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds, among the directories that have not changed, files that something that did change may be
/// equal to, or may be linked with.
///
/// The keys of all undecided files are gathered, and the inodes of which not all names are in the
/// table; then the records of the unchanged directories are read once more: some ten million
/// entries a second. A directory with a match joins the table whole, because its record will have
/// to be written anew. What joined may need others in turn, so this goes on until nothing joins. If
/// nothing is wanted, nothing is read.
final class Partners {

  private final StoreWork work;
  private final Tally tally;
  private final ObjectCatalog objects;
  private final LongIntMap keys = new LongIntMap();

  /// How many names of an inode are in the table.
  private final LongIntMap names = new LongIntMap();

  /// The inodes with names elsewhere: 1, or 0 once all names are in the table.
  private final LongIntMap inodes = new LongIntMap();

  private final DirectoryListing listing = new DirectoryListing();
  private boolean wantsMore;

  /// @param tally where the unchanged directories were counted; those that join are taken back
  Partners(StoreWork work, Tally tally) {
    this.work = work;
    this.tally = tally;
    this.objects = work.session().catalog(work.reader());
  }

  /// Adds the directories with matches to the table.
  void join() throws IndexException {
    wantsMore = work.hasNewObjects();
    gather(0);
    Set<StoreWork.Directory> seen = new HashSet<>();
    for (var directory : work.gone()) {
      gatherLost(directory, seen);
    }
    for (var directory : work.unread()) {
      gatherLost(directory, seen);
    }
    reconsider();
    while (wantsMore) {
      wantsMore = false;
      List<StoreWork.UnchangedDirectory> stay = new ArrayList<>();
      for (var directory : work.unchanged()) {
        DirectoryRecord record = record(directory);
        if (record != null && hasMatch(directory, record)) {
          int first = join(directory, record);
          gather(first);
        } else {
          stay.add(directory);
        }
      }
      work.setUnchanged(stay);
    }
  }

  private @Nullable DirectoryRecord record(StoreWork.UnchangedDirectory directory)
      throws IndexException {
    return work.reader().directory(work.volumeOf(directory.root()), directory.inode());
  }

  /// Notes what the rows from `first` on want.
  private void gather(int first) {
    FileTable table = work.table();
    for (int row = first; row < table.rows(); row++) {
      if (table.isCandidate(row)) {
        if (table.state(row) == PathState.UNSETTLED && !keys.contains(table.key(row))) {
          keys.put(table.key(row), 1);
          wantsMore = true;
        }
        if (table.links(row) > 1 && !work.isObject(table.inode(row))) {
          gatherName(file(row), table.links(row));
        }
      }
    }
  }

  private long file(int row) {
    FileTable table = work.table();
    long volume = work.volumeOf(table.rootOf(table.directoryOf(row)));
    return work.fileNumber(volume, table.inode(row));
  }

  private void gatherName(long file, int links) {
    names.add(file, 1);
    boolean isWhole = names.get(file, 0) >= links;
    wantsMore |= !isWhole && !inodes.contains(file);
    inodes.put(file, isWhole ? 0 : 1);
  }

  private boolean isWanted(long file) {
    return inodes.get(file, 0) == 1;
  }

  private boolean isWanted(StoreWork.UnchangedDirectory directory, DirectoryRecord record, int at) {
    return record.links(at) > 1
        && isWanted(work.fileNumber(work.volumeOf(directory.root()), record.inode(at)));
  }

  /// The files whose names in a directory are not seen any more, in it or below, may have others
  /// elsewhere: their directories need not have changed.
  ///
  /// @param seen directories that need not be looked at again: records are of different nights and
  ///   may name each other in a circle, and the top of a nested Btrfs subvolume has the inode
  ///   number of the top that it lies in
  private void gatherLost(StoreWork.Directory directory, Set<StoreWork.Directory> seen)
      throws IndexException {
    if (!seen.add(directory)) {
      return;
    }
    DirectoryRecord record = work.reader().directory(directory.volume(), directory.inode());
    for (int at = 0; record != null && at < record.count(); at++) {
      if (FileMode.isDirectory(record.mode(at))) {
        gatherLost(new StoreWork.Directory(directory.volume(), record.inode(at)), seen);
      } else if (PathState.isAlone(record.state(at)) && record.links(at) > 1) {
        inodes.put(work.fileNumber(directory.volume(), record.inode(at)), 1);
        wantsMore = true;
      }
    }
  }

  /// Entries of changed directories keep their recorded state, too, but not if something new
  /// concerns them.
  private void reconsider() throws IndexException {
    FileTable table = work.table();
    int end = table.rows();
    for (int row = 0; row < end; row++) {
      byte state = table.state(row);
      boolean isRefused =
          PathState.refusal(state).isPresent() && table.links(row) > 1 && isWanted(file(row));
      if (isRefused
          || mayBeNewObject(state, table.key(row))
          || isOfOtherKey(state, table.key(row), table.inode(row))) {
        reconsider(row);
      }
    }
  }

  private void reconsider(int row) {
    FileTable table = work.table();
    // A name that counted twice would stand for one in a directory that need not have changed.
    boolean isCounted = table.isCandidate(row);
    table.setState(row, PathState.UNSETTLED);
    keys.put(table.key(row), 1);
    if (!isCounted && table.links(row) > 1 && !work.isObject(table.inode(row))) {
      gatherName(file(row), table.links(row));
    }
  }

  /// Whether a name of an object may be what another file is equal to although the object, known
  /// under another key, is not found by it: it was adopted under other options, or by another name.
  private boolean isOfOtherKey(byte state, long key, long inode) throws IndexException {
    if (state != PathState.SHARED || !keys.contains(key)) {
      return false;
    }
    Optional<ObjectEntry> object = objects.byInode(inode);
    boolean isOther = object.isPresent() && object.get().key() != key;
    if (isOther) {
      work.addObject(inode);
    }
    return isOther;
  }

  /// Whether a file without partner may be equal to an object it was not compared with.
  private boolean mayBeNewObject(byte state, long key) throws IndexException {
    return work.hasNewObjects() && PathState.isAlone(state) && !objects.byKey(key).isEmpty();
  }

  private boolean hasMatch(StoreWork.UnchangedDirectory directory, DirectoryRecord record)
      throws IndexException {
    for (int at = 0; at < record.count(); at++) {
      if (FileMode.isRegular(record.mode(at)) && isMatch(directory, record, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMatch(StoreWork.UnchangedDirectory directory, DirectoryRecord record, int at)
      throws IndexException {
    byte state = record.state(at);
    boolean mayBeEqual = PathState.isAlone(state) || state == PathState.CLONED;
    boolean mayBeLinked = mayBeEqual || PathState.refusal(state).isPresent();
    return (mayBeEqual && keys.contains(record.key(at)))
        || (mayBeLinked && isWanted(directory, record, at))
        || mayBeNewObject(state, record.key(at))
        || isOfOtherKey(state, record.key(at), record.inode(at));
  }

  private int join(StoreWork.UnchangedDirectory directory, DirectoryRecord record)
      throws IndexException {
    int count = record.count();
    byte[] states = new byte[count];
    long[] rowKeys = new long[count];
    listing.clear();
    byte[] name = new byte[256];
    for (int at = 0; at < count; at++) {
      int length = record.copyName(at, name, 0);
      int row = listing.add(name, 0, length, record.inode(at), record.mode(at));
      listing.setStat(
          row,
          record.inode(at),
          record.mode(at),
          record.links(at),
          record.uid(at),
          record.gid(at),
          record.sizeBytes(at),
          record.modifiedNanos(at),
          record.changedNanos(at),
          record.attributes(at));
      states[at] = record.state(at);
      rowKeys[at] = record.key(at);
      boolean isLinked = isWanted(directory, record, at);
      if ((PathState.refusal(states[at]).isPresent() && isLinked)
          || mayBeNewObject(states[at], rowKeys[at])
          || isOfOtherKey(states[at], rowKeys[at], record.inode(at))) {
        states[at] = PathState.UNSETTLED;
      }
    }
    tally.record(work.volumeOf(directory.root()), record, -1);
    Fingerprint context = record.context();
    var source =
        new DirectorySource(
            directory.root(), directory.path(), directory.inode(), context.high(), context.low());
    int first = work.table().add(source, listing, states, rowKeys);
    for (int at = 0; at < count; at++) {
      int row = first + at;
      Optional<Fingerprint> known = record.fingerprint(at);
      known.ifPresent(print -> work.table().setFingerprint(row, print.high(), print.low()));
    }
    return first;
  }
}
