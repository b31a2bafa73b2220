package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.DirectoryRecordWriter;
import dev.hashify.index.Fingerprint;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.plan.DirectorySource;
import dev.hashify.plan.FileTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Writes down what the run learnt about directories: those in the table anew, those that are gone
/// not any more. Directories that were as recorded are not touched.
final class IndexUpdate {

  /// Changes gathered before they are written.
  private static final long BYTES_MAX = 16L << 20;

  /// How old a change time must be before the content read after it is believed to be of that
  /// change time: file systems take their time from a clock that moves every 1 to 10 ms, older
  /// kernels' network and foreign file systems every second or two.
  private static final long GRANULARITY_NANOS = 2_000_000_000L;

  private final StoreWork work;
  private final long readSinceNanos;
  private final IndexChanges changes = new IndexChanges();
  private final DirectoryRecordWriter writer = new DirectoryRecordWriter();
  private final DirectoryListing listing = new DirectoryListing();

  /// @param readSinceNanos when the run began, in nanoseconds since 1970
  IndexUpdate(StoreWork work, long readSinceNanos) {
    this.work = work;
    this.readSinceNanos = readSinceNanos;
  }

  /// Writes everything.
  void write() throws IndexException {
    // Before the records: if the run is killed between the two, records of roots that were left out
    // have lost their token already, and no record has one that is not true.
    work.settled().write(changes, work.roots());
    flush();
    for (var directory : work.unread()) {
      forget(directory, false);
    }
    for (var directory : work.gone()) {
      forget(directory, true);
    }
    for (int directory : inOrderOfKeys()) {
      put(directory);
      if (changes.sizeBytes() > BYTES_MAX) {
        flush();
      }
    }
    flush();
  }

  /// All directories of the table, so that each batch that is written lies behind the one before.
  private int[] inOrderOfKeys() {
    FileTable table = work.table();
    return IntStream.range(0, table.directories())
        .boxed()
        .sorted((a, b) -> compareKeys(table.source(a), table.source(b)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int compareKeys(DirectorySource one, DirectorySource other) {
    int byVolume = Long.compareUnsigned(work.volumeOf(one.root()), work.volumeOf(other.root()));
    return byVolume != 0 ? byVolume : Long.compareUnsigned(one.inode(), other.inode());
  }

  private void flush() throws IndexException {
    if (!changes.isEmpty()) {
      work.reader().refresh();
      work.session().index().write(changes);
      changes.clear();
    }
  }

  /// Removes the records of a directory and of all below it. Records are of different nights and
  /// may name each other in a circle.
  ///
  /// @param isGone whether it is really gone, so that the objects in it have lost names
  private void forget(StoreWork.Directory top, boolean isGone) throws IndexException {
    Deque<Long> waiting = new ArrayDeque<>(List.of(top.inode()));
    Set<Long> seen = new HashSet<>(waiting);
    while (!waiting.isEmpty()) {
      long inode = waiting.pop();
      DirectoryRecord record = work.reader().directory(top.volume(), inode);
      if (record == null) {
        continue;
      }
      changes.removeDirectory(top.volume(), inode);
      for (int at = 0; at < record.count(); at++) {
        if (FileMode.isDirectory(record.mode(at))) {
          if (seen.add(record.inode(at))) {
            waiting.push(record.inode(at));
          }
        } else if (isGone && record.state(at) == PathState.SHARED) {
          work.addOrphan(record.inode(at));
        }
      }
    }
  }

  private void put(int directory) {
    FileTable table = work.table();
    DirectorySource source = table.source(directory);
    long token = work.settled().token(rootOf(source));
    writer.begin(new Fingerprint(source.contextHigh(), source.contextLow()), token);
    table.copyTo(directory, listing);
    int first = table.firstRow(directory);
    for (int i = 0; i < listing.count(); i++) {
      int row = first + i;
      byte state = stateToKeep(row);
      if (isThere(listing, i, state)) {
        writer.add(listing, i, state, table.key(row));
        fingerprint(row).ifPresent(writer::fingerprint);
      }
    }
    changes.putDirectory(work.volumeOf(source.root()), source.inode(), writer.build());
  }

  private OpenRoot rootOf(DirectorySource source) {
    return work.roots().stream()
        .filter(root -> root.number() == source.root())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no root " + source.root()));
  }

  /// What had no stat cannot be compared with anything later.
  private static boolean isThere(DirectoryListing listing, int i, byte state) {
    return !listing.isVanished(i)
        && listing.failure(i).isEmpty()
        && state != PathState.refused(Refusal.VANISHED);
  }

  /// What was written in the same tick of the clock as the change time says need not show: such a
  /// file is looked at once more, which for shared blocks costs no reading.
  private byte stateToKeep(int row) {
    byte state = work.table().state(row);
    return state == PathState.CLONED && isRacy(row) ? PathState.UNSETTLED : state;
  }

  private boolean isRacy(int row) {
    return work.table().changedNanos(row) > readSinceNanos - GRANULARITY_NANOS;
  }

  private Optional<Fingerprint> fingerprint(int row) {
    return isRacy(row) || work.table().state(row) == PathState.SHARED
        ? Optional.empty()
        : work.table().fingerprint(row).map(halves -> new Fingerprint(halves[0], halves[1]));
  }
}
