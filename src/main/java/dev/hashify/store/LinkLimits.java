package dev.hashify.store;

import dev.hashify.os.VolumeCalls.Volume;

/// How many names an inode can have.
public final class LinkLimits {

  /// `EXT4_LINK_MAX` of fs/ext4/ext4.h.
  static final int EXT4 = 65_000;

  /// `BTRFS_LINK_MAX` of fs/btrfs/ctree.h; names in one directory share one item and run out
  /// sooner, which shows as EMLINK.
  static final int BTRFS = 65_535;

  /// `XFS_MAXLINK` of fs/xfs/libxfs/xfs_format.h.
  static final int XFS = Integer.MAX_VALUE;

  /// The lowest limit of the file systems in use (`EXT3_LINK_MAX`), for those not listed.
  static final int OTHERS = 32_000;

  /// Left free for names that programs of the roots make themselves (package managers, backups).
  static final int HEAD_ROOM = 1_000;

  /// `XFS_SUPER_MAGIC` of linux/magic.h.
  private static final long XFS_MAGIC = 0x5846_5342L;

  private LinkLimits() {}

  /// The most names that an object is given on `volume`.
  public static int usable(Volume volume) {
    long type = volume.type();
    if (type == Volume.EXT4) {
      return EXT4 - HEAD_ROOM;
    }
    if (type == Volume.BTRFS) {
      return BTRFS - HEAD_ROOM;
    }
    return (type == XFS_MAGIC ? XFS : OTHERS) - HEAD_ROOM;
  }
}
