package dev.hashify.os;

/// The inode flags of linux/fs.h (`FS_*_FL`) that matter here.
public final class InodeFlags {

  /// `FS_IMMUTABLE_FL`.
  public static final int IMMUTABLE = 0x10;

  /// `FS_APPEND_FL`.
  public static final int APPEND = 0x20;

  /// `FS_VERITY_FL`.
  public static final int VERITY = 0x10_0000;

  /// `FS_PROJINHERIT_FL`: what is made in the directory belongs to its quota project.
  public static final int INHERIT_PROJECT = 0x2000_0000;

  /// What a user can set and a shared inode would give to all: secure deletion, undelete, compress,
  /// sync, immutable, append, nodump, noatime, no compression, encrypted, journal data, no tail,
  /// verity, no copy-on-write, DAX, project inheritance. How a file system lays the file out
  /// (extents, inline data, huge) is not among them.
  public static final int MEANINGFUL =
      0x1
          | 0x2
          | 0x4
          | 0x8
          | IMMUTABLE
          | APPEND
          | 0x40
          | 0x80
          | 0x400
          | 0x800
          | 0x4000
          | 0x8000
          | VERITY
          | 0x80_0000
          | 0x200_0000
          | INHERIT_PROJECT;

  private InodeFlags() {}
}
