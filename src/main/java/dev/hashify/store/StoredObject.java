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
}
