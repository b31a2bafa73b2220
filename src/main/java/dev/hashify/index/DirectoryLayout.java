package dev.hashify.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Where the columns of a directory record begin; the table is in the package's documentation.
///
/// @param count the number of entries
/// @param nameBytes the length of all names together
/// @param fingerprints the number of entries with a content fingerprint
record DirectoryLayout(int count, int nameBytes, int fingerprints) {

  static final byte FORMAT = 1;

  static final int COUNT_AT = 4;
  static final int CONTEXT_HIGH_AT = 8;
  static final int CONTEXT_LOW_AT = 16;
  static final int TOKEN_AT = 24;
  static final int NAME_BYTES_AT = 32;
  static final int FINGERPRINTS_AT = 36;
  static final int HEADER_BYTES = 40;

  /// Five columns of 8 bytes, six of 4 and one of 1.
  static final int ENTRY_BYTES = 5 * 8 + 6 * 4 + 1;

  /// Position of the entry, then the fingerprint.
  static final int FINGERPRINT_BYTES = 4 + 16;

  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  int inode() {
    return HEADER_BYTES;
  }

  int size() {
    return inode() + 8 * count;
  }

  int modified() {
    return size() + 8 * count;
  }

  int changed() {
    return modified() + 8 * count;
  }

  int key() {
    return changed() + 8 * count;
  }

  int mode() {
    return key() + 8 * count;
  }

  int links() {
    return mode() + 4 * count;
  }

  int uid() {
    return links() + 4 * count;
  }

  int gid() {
    return uid() + 4 * count;
  }

  int attributes() {
    return gid() + 4 * count;
  }

  int nameEnd() {
    return attributes() + 4 * count;
  }

  int state() {
    return nameEnd() + 4 * count;
  }

  int names() {
    return state() + count;
  }

  int fingerprintTable() {
    return names() + nameBytes;
  }

  /// In 64 bits, because what was read may be anything.
  long totalBytes() {
    return HEADER_BYTES
        + (long) ENTRY_BYTES * count
        + nameBytes
        + (long) FINGERPRINT_BYTES * fingerprints;
  }
}
