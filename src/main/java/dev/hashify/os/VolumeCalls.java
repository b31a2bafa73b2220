package dev.hashify.os;

/// What the kernel says of whole file systems and of this process's limits.
public final class VolumeCalls {

  /// `_IOR(0x15, 0, struct fsuuid2)` of linux/fs.h (since Linux 6.9): a length byte and 16 bytes.
  private static final long GET_FS_UUID = 0x8011_1500L;

  /// `XFS_SUPER_MAGIC` of linux/magic.h.
  private static final long XFS = 0x5846_5342L;

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
