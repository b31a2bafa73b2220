package dev.hashify.index;

import static dev.hashify.index.DirectoryLayout.INT;
import static dev.hashify.index.DirectoryLayout.LONG;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileStat;
import dev.hashify.file.PathState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Packs the entries of a directory into the bytes of a [DirectoryRecord].
///
/// ```
/// writer.begin(context, token);
/// writer.add(listing, 0, PathState.UNIQUE, key);
/// writer.add(listing, 1, PathState.SHARED, key).stat(statAfterSharing);
/// changes.putDirectory(volume, inode, writer.build());
/// ```
///
/// Entries may be added in any order: [#build] sorts them by inode number and name, because sharing
/// moves a path to another inode. One owner thread; used again for the next directory.
public final class DirectoryRecordWriter {

  private final DirectoryListing rows = new DirectoryListing();
  private byte[] states = new byte[128];
  private long[] keys = new long[128];
  private @Nullable Fingerprint[] fingerprints = new @Nullable Fingerprint[128];
  private Fingerprint context = new Fingerprint(0, 0);
  private long token;

  /// Forgets what was added and starts a record.
  ///
  /// @param newContext what the states will depend on besides the files: rules, options, path
  /// @param newToken with what the states were settled
  public DirectoryRecordWriter begin(Fingerprint newContext, long newToken) {
    Arrays.fill(fingerprints, 0, rows.count(), null);
    rows.clear();
    context = newContext;
    token = newToken;
    return this;
  }

  /// Adds entry `at` of `listing`.
  public DirectoryRecordWriter add(DirectoryListing listing, int at, byte state, long key) {
    addRow(listing.names(), listing.nameStart(at), listing.nameLength(at), state, key);
    rows.setStat(
        last(),
        listing.inode(at),
        listing.mode(at),
        listing.links(at),
        listing.uid(at),
        listing.gid(at),
        listing.sizeBytes(at),
        listing.modifiedNanos(at),
        listing.changedNanos(at),
        listing.attributes(at));
    return this;
  }

  /// Adds entry `at` of an earlier record as it is, with its fingerprint.
  public DirectoryRecordWriter add(DirectoryRecord record, int at) {
    byte[] name = record.name(at);
    addRow(name, 0, name.length, record.state(at), record.key(at));
    rows.setStat(
        last(),
        record.inode(at),
        record.mode(at),
        record.links(at),
        record.uid(at),
        record.gid(at),
        record.sizeBytes(at),
        record.modifiedNanos(at),
        record.changedNanos(at),
        record.attributes(at));
    fingerprints[last()] = record.fingerprint(at).orElse(null);
    return this;
  }

  private void addRow(byte[] nameSource, int from, int length, byte state, long key) {
    int at = rows.add(nameSource, from, length, 0, 0);
    if (at == states.length) {
      states = Arrays.copyOf(states, at * 2);
      keys = Arrays.copyOf(keys, at * 2);
      fingerprints = Arrays.copyOf(fingerprints, at * 2);
    }
    states[at] = state;
    keys[at] = key;
  }

  /// Gives the entry added last another stat.
  public DirectoryRecordWriter stat(FileStat stat) {
    rows.setStat(
        last(),
        stat.inode(),
        stat.mode(),
        stat.links(),
        stat.uid(),
        stat.gid(),
        stat.sizeBytes(),
        stat.modifiedNanos(),
        stat.changedNanos(),
        stat.attributes());
    return this;
  }

  /// Gives the entry added last another state, see [PathState].
  public DirectoryRecordWriter state(byte state) {
    states[last()] = state;
    return this;
  }

  /// Gives the entry added last a fingerprint of its content.
  public DirectoryRecordWriter fingerprint(Fingerprint fingerprint) {
    fingerprints[last()] = fingerprint;
    return this;
  }

  private int last() {
    if (rows.count() == 0) {
      throw new IllegalStateException("no entry was added");
    }
    return rows.count() - 1;
  }

  /// The bytes of the record.
  ///
  /// @throws IllegalStateException if they are more than an array can hold, which takes some twenty
  ///   million entries
  public byte[] build() {
    int[] order = inodeOrder();
    var layout = new DirectoryLayout(order.length, nameBytes(), fingerprintCount());
    if (layout.totalBytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "a directory of " + layout.count() + " entries has no room in one record");
    }
    byte[] value = new byte[(int) layout.totalBytes()];
    value[0] = DirectoryLayout.FORMAT;
    INT.set(value, DirectoryLayout.COUNT_AT, layout.count());
    LONG.set(value, DirectoryLayout.CONTEXT_HIGH_AT, context.high());
    LONG.set(value, DirectoryLayout.CONTEXT_LOW_AT, context.low());
    LONG.set(value, DirectoryLayout.TOKEN_AT, token);
    INT.set(value, DirectoryLayout.NAME_BYTES_AT, layout.nameBytes());
    INT.set(value, DirectoryLayout.FINGERPRINTS_AT, layout.fingerprints());
    writeColumns(value, layout, order);
    writeNames(value, layout, order);
    writeFingerprints(value, layout, order);
    return value;
  }

  private int[] inodeOrder() {
    int[] order = new int[rows.count()];
    boolean sorted = true;
    for (int at = 0; at < order.length; at++) {
      order[at] = at;
      sorted &= at == 0 || rows.compare(at - 1, at) <= 0;
    }
    if (sorted) {
      return order;
    }
    // The listing's own order, so that a directory nobody touched matches next time.
    return Arrays.stream(order).boxed().sorted(rows::compare).mapToInt(Integer::intValue).toArray();
  }

  private int nameBytes() {
    return rows.count() == 0 ? 0 : rows.nameStart(last()) + rows.nameLength(last());
  }

  private int fingerprintCount() {
    int found = 0;
    for (int at = 0; at < rows.count(); at++) {
      found += fingerprints[at] == null ? 0 : 1;
    }
    return found;
  }

  private void writeColumns(byte[] value, DirectoryLayout layout, int[] order) {
    for (int to = 0; to < order.length; to++) {
      int at = order[to];
      LONG.set(value, layout.inode() + 8 * to, rows.inode(at));
      LONG.set(value, layout.size() + 8 * to, rows.sizeBytes(at));
      LONG.set(value, layout.modified() + 8 * to, rows.modifiedNanos(at));
      LONG.set(value, layout.changed() + 8 * to, rows.changedNanos(at));
      LONG.set(value, layout.key() + 8 * to, keys[at]);
      INT.set(value, layout.mode() + 4 * to, rows.mode(at));
      INT.set(value, layout.links() + 4 * to, rows.links(at));
      INT.set(value, layout.uid() + 4 * to, rows.uid(at));
      INT.set(value, layout.gid() + 4 * to, rows.gid(at));
      INT.set(value, layout.attributes() + 4 * to, rows.attributes(at));
      value[layout.state() + to] = states[at];
    }
  }

  private void writeNames(byte[] value, DirectoryLayout layout, int[] order) {
    int end = 0;
    for (int to = 0; to < order.length; to++) {
      int start = rows.nameStart(order[to]);
      int length = rows.nameLength(order[to]);
      System.arraycopy(rows.names(), start, value, layout.names() + end, length);
      end += length;
      INT.set(value, layout.nameEnd() + 4 * to, end);
    }
  }

  private void writeFingerprints(byte[] value, DirectoryLayout layout, int[] order) {
    int at = layout.fingerprintTable();
    for (int to = 0; to < order.length; to++) {
      var fingerprint = fingerprints[order[to]];
      if (fingerprint != null) {
        INT.set(value, at, to);
        LONG.set(value, at + 4, fingerprint.high());
        LONG.set(value, at + 12, fingerprint.low());
        at += DirectoryLayout.FINGERPRINT_BYTES;
      }
    }
  }
}
