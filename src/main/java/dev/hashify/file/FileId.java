package dev.hashify.file;

/// Which file it is: an inode of a device.
///
/// True only while something keeps the inode alive (an open descriptor, a name): numbers are
/// reused. On Btrfs the device number is that of the subvolume.
///
/// @param device the device number, as `makedev(3)` packs it
/// @param inode the inode number
public record FileId(long device, long inode) {

  /// What a record has by itself is put together at run time and costs a hundred times as much
  /// before it is compiled; files are looked up by the hundred thousand.
  @Override
  public int hashCode() {
    return Long.hashCode(device * 31 + inode);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileId file && device == file.device && inode == file.inode;
  }
}
