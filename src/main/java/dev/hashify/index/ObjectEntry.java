package dev.hashify.index;

import java.nio.charset.StandardCharsets;

/// An object of the store as it was when it was recorded.
///
/// @param volume the volume of the store
/// @param inode the object's inode number
/// @param name its name in the store, 1 to [#NAME_BYTES_MAX] bytes of UTF-8
/// @param sizeBytes the length of its content
/// @param modifiedNanos mtime in nanoseconds since 1970
/// @param mode type and permissions
/// @param uid the owner
/// @param gid the group
/// @param key the light identity key by which it is looked up
public record ObjectEntry(
    long volume,
    long inode,
    String name,
    long sizeBytes,
    long modifiedNanos,
    int mode,
    int uid,
    int gid,
    long key) {

  /// The names of objects have some hundred bytes (two digests and a number).
  public static final int NAME_BYTES_MAX = 200;

  public ObjectEntry {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > NAME_BYTES_MAX) {
      throw new IllegalArgumentException(
          "name length (" + length + ") must be 1 to " + NAME_BYTES_MAX + " bytes");
    }
  }
}
