package dev.hashify.file;

/// What `statx` said of one file at one moment.
///
/// @param mountId the mount it was reached through, as `/proc/self/mountinfo` numbers it
/// @param device the device number of the file system (on Btrfs: of the subvolume)
/// @param inode the inode number
/// @param mode type and permission bits, as in `st_mode`
/// @param links the number of names
/// @param uid the owner
/// @param gid the group
/// @param sizeBytes the length of the content
/// @param allocatedBytes the disk space it takes, holes not counted
/// @param modifiedNanos mtime in nanoseconds since 1970
/// @param changedNanos ctime in nanoseconds since 1970
/// @param attributes the `STATX_ATTR_*` bits that are set, see [FileAttributes]
public record FileStat(
    long mountId,
    long device,
    long inode,
    int mode,
    int links,
    int uid,
    int gid,
    long sizeBytes,
    long allocatedBytes,
    long modifiedNanos,
    long changedNanos,
    int attributes) {

  public FileId id() {
    return new FileId(device, inode);
  }

  public boolean isRegular() {
    return FileMode.isRegular(mode);
  }

  public boolean isDirectory() {
    return FileMode.isDirectory(mode);
  }

  /// Whether `other` is the same inode of the same device.
  public boolean sharesInodeWith(FileStat other) {
    return inode == other.inode && device == other.device;
  }
}
