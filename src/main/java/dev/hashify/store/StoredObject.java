package dev.hashify.store;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileAttributes;

/// An object as a listing of its shard showed it. Its device is the store's.
///
/// @param links the number of names, the object's own included
/// @param attributes the [FileAttributes] bits
public record StoredObject(
    ObjectName name,
    long inode,
    int mode,
    int links,
    int uid,
    int gid,
    long sizeBytes,
    long modifiedNanos,
    long changedNanos,
    int attributes) {

  static StoredObject of(ObjectName name, DirectoryListing listing, int at) {
    return new StoredObject(
        name,
        listing.inode(at),
        listing.mode(at),
        listing.links(at),
        listing.uid(at),
        listing.gid(at),
        listing.sizeBytes(at),
        listing.modifiedNanos(at),
        listing.changedNanos(at),
        listing.attributes(at));
  }

  public boolean isImmutable() {
    return (attributes & FileAttributes.IMMUTABLE) != 0;
  }

  public boolean isSealed() {
    return (attributes & FileAttributes.VERITY) != 0;
  }

  /// Whether it should have the guard on its inode and has it not.
  public boolean lacks(Guard guard) {
    return switch (guard) {
      case IMMUTABLE -> !isImmutable();
      case VERITY -> !isSealed();
      case OVERLAY, FILE_SYSTEM, NONE -> false;
    };
  }

  /// Whether it has the guard and nothing that another guard puts on and takes off.
  public boolean isAsUnder(Guard guard) {
    return !lacks(guard) && isImmutable() == (guard == Guard.IMMUTABLE);
  }
}
