package dev.hashify.os;

/// What the kernel says of whole file systems and of this process's limits.
public final class VolumeCalls {

  /// `_IOR(0x15, 0, struct fsuuid2)` of linux/fs.h (since Linux 6.9): a length byte and 16 bytes.
  private static final long GET_FS_UUID = 0x8011_1500L;

  /// `XFS_SUPER_MAGIC` of linux/magic.h.
  private static final long XFS = 0x5846_5342L;

  /// `XFS_IOC_FSGEOMETRY_V1`: `_IOR('X', 100, struct xfs_fsop_geom_v1)` of fs/xfs/libxfs/xfs_fs.h,
  /// 112 bytes, which every version answers.
  private static final long XFS_GEOMETRY = 0x8070_5864L;

  /// `XFS_FSOP_GEOM_FLAGS_REFLINK`.
  private static final int XFS_HAS_REFLINK = 1 << 20;

  /// `BTRFS_IOC_GET_SUBVOL_INFO`: `_IOR(0x94, 60, struct btrfs_ioctl_get_subvol_info_args)` of
  /// linux/btrfs.h, 504 bytes; unlike `BTRFS_IOC_SUBVOL_GETFLAGS` it answers below the subvolume's
  /// top, too.
  private static final long BTRFS_SUBVOLUME = 0x81f8_943cL;

  private static final int BTRFS_SUBVOLUME_BYTES = 504;

  /// `BTRFS_ROOT_SUBVOL_RDONLY` of linux/btrfs_tree.h.
  private static final int BTRFS_READ_ONLY = 1;

  /// `TMPFS_MAGIC` of linux/magic.h.
  private static final long TMPFS = 0x0102_1994L;

  /// `RLIMIT_NOFILE` (asm-generic/resource.h).
  private static final int OPEN_FILES = 7;

  private final Kernel kernel;

  VolumeCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// A file system as `statfs` shows it.
  ///
  /// @param type the magic number of linux/magic.h
  /// @param freeBytes what an ordinary user could still write
  /// @param volumeId a number that names the file system (on Btrfs: the subvolume) across reboots
  public record Volume(long type, long freeBytes, long volumeId) {

    /// `EXT4_SUPER_MAGIC`, also that of ext2 and ext3.
    public static final long EXT4 = 0xef53;

    /// `BTRFS_SUPER_MAGIC`.
    public static final long BTRFS = 0x9123_683eL;
  }

  /// Whether files of a file system can share blocks.
  public enum Reflinks {
    YES,
    NO,
    /// Nothing says so without writing.
    UNKNOWN
  }

  /// Whether files of the file system that `any` lies on can share blocks, as far as can be said
  /// without writing anything: XFS was made with or without, Btrfs always can, ext4 never.
  public Reflinks reflinks(Descriptor any) throws ErrnoException {
    long type = of(any).type();
    if (type == Volume.BTRFS) {
      return Reflinks.YES;
    }
    if (type == XFS) {
      long at = Memory.ofThread().structure;
      Memory.clear(at, 128);
      kernel.check(SystemCall.IOCTL, any.number(), XFS_GEOMETRY, at);
      // flags is the last of the words after the UUID (64) and sunit, swidth, version (80).
      boolean has = (Memory.getInt(at + 92) & XFS_HAS_REFLINK) != 0;
      return has ? Reflinks.YES : Reflinks.NO;
    }
    return type == Volume.EXT4 || type == TMPFS ? Reflinks.NO : Reflinks.UNKNOWN;
  }

  /// Whether `any` lies on a read-only Btrfs subvolume. Sharing blocks is let through there
  /// although writing is not, so this has to be asked.
  public boolean isReadOnlySubvolume(Descriptor any) throws ErrnoException {
    if (of(any).type() != Volume.BTRFS) {
      return false;
    }
    long at = Memory.ofThread().structure;
    Memory.clear(at, BTRFS_SUBVOLUME_BYTES);
    kernel.check(SystemCall.IOCTL, any.number(), BTRFS_SUBVOLUME, at);
    // treeid u64, name 256 bytes, parent_id, dirid, generation, flags: u64 each.
    return (Memory.getLong(at + 288) & BTRFS_READ_ONLY) != 0;
  }

  /// The file system that `any` lies on.
  public Volume of(Descriptor any) throws ErrnoException {
    Memory memory = Memory.ofThread();
    long at = memory.structure;
    kernel.check(SystemCall.FSTATFS, any.number(), at, 0);
    // struct statfs (asm-generic/statfs.h, 64 bit): type 0, bsize 8, bavail 32, fsid 56.
    long type = Memory.getLong(at);
    long free = Memory.getLong(at + 32) * Memory.getLong(at + 8);
    long fsid = Memory.getLong(at + 56);
    // XFS makes its fsid of the device number, which may be another after a reboot; ext4 and Btrfs
    // make it of the UUID (Btrfs: and the subvolume).
    return new Volume(type, free, type == XFS ? uuid(any, memory, fsid) : fsid);
  }

  private long uuid(Descriptor any, Memory memory, long otherwise) {
    long at = memory.structure;
    long result = kernel.raw(SystemCall.IOCTL, any.number(), GET_FS_UUID, at, 0, 0);
    return result < 0 ? otherwise : Memory.getLong(at + 1) ^ Memory.getLong(at + 9);
  }

  /// How many files this process may have open.
  public long openFilesMax() throws ErrnoException {
    Memory memory = Memory.ofThread();
    kernel.check(SystemCall.PRLIMIT64, 0, OPEN_FILES, 0, memory.structure, 0);
    return Memory.getLong(memory.structure);
  }

  /// The effective user id of this process.
  public int effectiveUser() throws ErrnoException {
    return (int) kernel.check(SystemCall.GETEUID, 0, 0, 0);
  }
}
