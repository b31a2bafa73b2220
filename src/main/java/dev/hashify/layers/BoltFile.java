package dev.hashify.layers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The content of a bbolt database (go.etcd.io/bbolt, `page.go`, `bucket.go`, `db.go`), read from
/// its bytes and not through its lock, which whoever uses it holds for good.
///
/// A transaction never writes to pages that the state before it uses, and the root of the new state
/// is written last. So bytes read while it runs hold a whole state, the one before.
final class BoltFile {

  /// What stands where pages begin with.
  private static final int PAGE_HEADER_BYTES = 16;

  private static final int ELEMENT_BYTES = 16;
  private static final int BUCKET_BYTES = 16;
  private static final int BRANCH = 0x01;
  private static final int LEAF = 0x02;
  private static final int IS_BUCKET = 0x01;

  private static final int MAGIC = 0xED0CDAED;
  private static final int VERSION = 2;

  /// The part of the root's page that its checksum covers.
  private static final int CHECKED_BYTES = 56;

  private static final int PAGE_BYTES_MIN = 512;
  private static final int PAGE_BYTES_MAX = 65_536;

  private final ByteBuffer bytes;
  private final int pageBytes;
  private final long root;
  private final long transaction;

  /// The file is not what this program knows.
  static final class NotUnderstoodException extends Exception {
    private static final long serialVersionUID = 1L;

    NotUnderstoodException(String why) {
      super("its database is not understood: " + why);
    }
  }

  /// A value, one character for each byte, or the bucket that stands in its place.
  record Entry(String value, boolean isBucket) {}

  /// The entries of a bucket by their keys, one character for each byte.
  record Bucket(Map<String, Entry> entries) {
    Optional<String> value(String key) {
      return Optional.ofNullable(entries.get(key))
          .filter(entry -> !entry.isBucket())
          .map(Entry::value);
    }
  }

  private BoltFile(ByteBuffer bytes, int pageBytes, long root, long transaction) {
    this.bytes = bytes;
    this.pageBytes = pageBytes;
    this.root = root;
    this.transaction = transaction;
  }

  /// Finds the newest whole state.
  static BoltFile of(byte[] content) throws NotUnderstoodException {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    Optional<BoltFile> newest = Optional.empty();
    for (int size = PAGE_BYTES_MIN; size <= PAGE_BYTES_MAX; size *= 2) {
      for (int at : new int[] {0, size}) {
        Optional<BoltFile> state = state(bytes, at, size);
        if (state.isPresent()
            && (newest.isEmpty() || state.get().transaction > newest.get().transaction)) {
          newest = state;
        }
      }
    }
    return newest.orElseThrow(() -> new NotUnderstoodException("no valid first page"));
  }

  private static Optional<BoltFile> state(ByteBuffer bytes, int page, int pageBytes) {
    int at = page + PAGE_HEADER_BYTES;
    if (at + CHECKED_BYTES + Long.BYTES > bytes.limit()
        || bytes.getInt(at) != MAGIC
        || bytes.getInt(at + 4) != VERSION
        || bytes.getInt(at + 8) != pageBytes
        || bytes.getLong(at + CHECKED_BYTES) != checksum(bytes, at)) {
      return Optional.empty();
    }
    return Optional.of(
        new BoltFile(bytes, pageBytes, bytes.getLong(at + 16), bytes.getLong(at + 48)));
  }

  /// FNV-1a of 64 bits.
  private static long checksum(ByteBuffer bytes, int from) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < from + CHECKED_BYTES; i++) {
      hash = (hash ^ (bytes.get(i) & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /// The number of the last change.
  long transaction() {
    return transaction;
  }

  /// The bucket at the top.
  Bucket top() throws NotUnderstoodException {
    return inBounds(() -> bucketAt(root));
  }

  /// The bucket that an entry is.
  Bucket bucket(Entry entry) throws NotUnderstoodException {
    return inBounds(() -> {
      ByteBuffer value =
          ByteBuffer.wrap(entry.value().getBytes(StandardCharsets.ISO_8859_1))
              .order(ByteOrder.LITTLE_ENDIAN);
      long page = value.getLong(0);
      if (page != 0) {
        return bucketAt(page);
      }
      // A small bucket has its only page right here.
      Map<String, Entry> entries = new LinkedHashMap<>();
      addLeaf(value, BUCKET_BYTES, entries);
      return new Bucket(entries);
    });
  }

  private interface Reading {
    Bucket read() throws NotUnderstoodException;
  }

  private static Bucket inBounds(Reading reading) throws NotUnderstoodException {
    try {
      return reading.read();
    } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException _) {
      throw new NotUnderstoodException("a page lies outside the file");
    }
  }

  private Bucket bucketAt(long page) throws NotUnderstoodException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    addPage(page, entries, new HashSet<>());
    return new Bucket(entries);
  }

  /// @param seen pages of this bucket: none has two places, but in a damaged file
  private void addPage(long page, Map<String, Entry> entries, Set<Long> seen)
      throws NotUnderstoodException {
    if (!seen.add(page)) {
      throw new NotUnderstoodException("page " + page + " has two places");
    }
    int at = Math.toIntExact(Math.multiplyExact(page, (long) pageBytes));
    int flags = bytes.getShort(at + 8);
    if (flags == LEAF) {
      addLeaf(bytes, at, entries);
    } else if (flags == BRANCH) {
      int count = bytes.getShort(at + 10) & 0xffff;
      for (int i = 0; i < count; i++) {
        addPage(bytes.getLong(at + PAGE_HEADER_BYTES + i * ELEMENT_BYTES + 8), entries, seen);
      }
    } else {
      throw new NotUnderstoodException("page " + page + " is of no known kind");
    }
  }

  private static void addLeaf(ByteBuffer page, int at, Map<String, Entry> entries) {
    int count = page.getShort(at + 10) & 0xffff;
    for (int i = 0; i < count; i++) {
      int element = at + PAGE_HEADER_BYTES + i * ELEMENT_BYTES;
      int key = element + page.getInt(element + 4);
      int value = key + page.getInt(element + 8);
      int end = value + page.getInt(element + 12);
      boolean isBucket = (page.getInt(element) & IS_BUCKET) != 0;
      entries.put(text(page, key, value), new Entry(text(page, value, end), isBucket));
    }
  }

  private static String text(ByteBuffer page, int from, int to) {
    Objects.checkFromToIndex(from, to, page.limit());
    byte[] text = new byte[to - from];
    page.get(from, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
