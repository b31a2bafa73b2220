package dev.hashify.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Keys and small values as bytes; the tables are in the package's documentation.
final class Formats {

  /// The version of everything in the index. Raise it with any change of a key, a value or their
  /// meaning: there is no conversion, an index of another version is made anew.
  static final int VERSION = 1;

  static final byte[] VERSION_KEY = "format".getBytes(StandardCharsets.US_ASCII);
  static final byte[] CLEAN_KEY = "clean".getBytes(StandardCharsets.US_ASCII);

  /// Keeps the caller's names apart from the index's own.
  private static final String CALLER_PREFIX = "caller/";

  /// Leaves head room below the 511 bytes of an LMDB key.
  static final int META_NAME_BYTES_MAX = 200;

  private static final int OBJECT_FIXED_BYTES = 8 + 8 + 4 + 4 + 4 + 8;

  private Formats() {}

  static byte[] fileKey(long volume, long inode) {
    return ByteBuffer.allocate(16).putLong(volume).putLong(inode).array();
  }

  static byte[] lightKey(long key, long volume, long inode) {
    return ByteBuffer.allocate(24).putLong(key).putLong(volume).putLong(inode).array();
  }

  static byte[] metaKey(String name) {
    byte[] key = (CALLER_PREFIX + name).getBytes(StandardCharsets.UTF_8);
    int length = key.length - CALLER_PREFIX.length();
    if (length == 0 || length > META_NAME_BYTES_MAX) {
      throw new IllegalArgumentException(
          "name length (" + length + ") must be 1 to " + META_NAME_BYTES_MAX + " bytes");
    }
    return key;
  }

  static byte[] version(int version) {
    return ByteBuffer.allocate(4).putInt(version).array();
  }

  static byte[] object(ObjectEntry entry) {
    byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
    return little(ByteBuffer.allocate(OBJECT_FIXED_BYTES + name.length))
        .putLong(entry.sizeBytes())
        .putLong(entry.modifiedNanos())
        .putInt(entry.mode())
        .putInt(entry.uid())
        .putInt(entry.gid())
        .putLong(entry.key())
        .put(name)
        .array();
  }

  /// The entry of a key and a value; empty if they are none.
  static Optional<ObjectEntry> object(byte[] key, byte[] value) {
    int nameLength = value.length - OBJECT_FIXED_BYTES;
    if (key.length != 16 || nameLength < 1 || nameLength > ObjectEntry.NAME_BYTES_MAX) {
      return Optional.empty();
    }
    var name = new String(value, OBJECT_FIXED_BYTES, nameLength, StandardCharsets.UTF_8);
    byte[] again = name.getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(again, 0, again.length, value, OBJECT_FIXED_BYTES, value.length)) {
      // Not UTF-8, so it names no object.
      return Optional.empty();
    }
    var file = ByteBuffer.wrap(key);
    var fields = little(ByteBuffer.wrap(value));
    return Optional.of(
        new ObjectEntry(
            file.getLong(),
            file.getLong(),
            name,
            fields.getLong(),
            fields.getLong(),
            fields.getInt(),
            fields.getInt(),
            fields.getInt(),
            fields.getLong()));
  }

  private static ByteBuffer little(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }
}
