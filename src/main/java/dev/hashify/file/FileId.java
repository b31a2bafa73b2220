package dev.hashify.file;

/// Which file it is: an inode of a device.
///
/// True only while something keeps the inode alive (an open descriptor, a name): numbers are
/// reused. On Btrfs the device number is that of the subvolume.
///
/// @param device the device number, as `makedev(3)` packs it
/// @param inode the inode number
public record FileId(long device, long inode) {}
