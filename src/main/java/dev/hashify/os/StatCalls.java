package dev.hashify.os;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.FileStat;
import dev.hashify.file.PathText;

/// Asking for the stat of files, and listing directories.
public final class StatCalls {

  /// `STATX_BASIC_STATS | STATX_MNT_ID` of linux/stat.h.
  private static final int FULL_MASK = 0x7ff | 0x1000;

  /// What a listing needs: type, mode, nlink, uid, gid, mtime, ctime, ino, size; no blocks, no
  /// atime.
  private static final int LISTING_MASK =
      0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x40 | 0x80 | 0x100 | 0x200;

  /// `DT_UNKNOWN`: the file system does not say in the directory what an entry is.
  private static final int TYPE_UNKNOWN = 0;

  /// `DT_REG`, shifted by 12 as `IFTODT` of dirent.h does it.
  private static final int TYPE_REGULAR = 0100000;

  /// Longest name that any file system lists. Most stop at 255 bytes (NAME_MAX), but those that
  /// count UTF-16 units list up to 765, and FUSE 1,024.
  private static final int NAME_BYTES_MAX = 1024;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Kernel kernel;

  StatCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// The stat of an open file.
  public FileStat of(Descriptor file) throws ErrnoException {
    Memory memory = Memory.ofThread();
    Memory.putInt(memory.firstPath, 0);
    return statx(file.number(), memory, AtFlags.EMPTY_PATH);
  }

  /// The stat of the entry `name` of `directory`, not following a symbolic link.
  ///
  /// @throws ErrnoException ENOENT if there is no such entry
  public FileStat of(Descriptor directory, byte[] name) throws ErrnoException {
    requireSingleName(name);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, name);
    return statx(directory.number(), memory, AtFlags.SYMLINK_NO_FOLLOW | AtFlags.NO_AUTOMOUNT);
  }

  private FileStat statx(int directory, Memory memory, int flags) throws ErrnoException {
    long at = memory.structure;
    kernel.check(SystemCall.STATX, directory, memory.firstPath, flags, FULL_MASK, at);
    return new FileStat(
        Memory.getLong(at + 144),
        device(at + 136),
        Memory.getLong(at + 32),
        Memory.getShort(at + 28) & 0xffff,
        Memory.getInt(at + 16),
        Memory.getInt(at + 20),
        Memory.getInt(at + 24),
        Memory.getLong(at + 40),
        Memory.getLong(at + 48) * 512,
        nanos(at + 112),
        nanos(at + 96),
        (int) Memory.getLong(at + 8));
  }

  /// Major and minor number, 32 bits each, as one.
  private static long device(long address) {
    return ((long) Memory.getInt(address) << 32) | (Memory.getInt(address + 4) & 0xffff_ffffL);
  }

  /// Seconds and nanoseconds as one number. Times before 1677 and after 2262 wrap around; two such
  /// times are still equal exactly when they are, unless they lie 584 years apart.
  private static long nanos(long address) {
    return Memory.getLong(address) * NANOS_PER_SECOND + Memory.getInt(address + 8);
  }

  /// Fills `listing` with the entries of `directory`, in inode order, with the stat of each regular
  /// file.
  ///
  /// Regular files that vanish meanwhile are marked so; those whose stat fails are marked with the
  /// errno. Symbolic links and other special files are not asked for.
  ///
  /// Cost: one `getdents64` per 64 KiB of entries and one `statx` per regular file.
  ///
  /// @throws ErrnoException if the directory cannot be read to its end; the listing means nothing
  ///   then
  public void list(Descriptor directory, DirectoryListing listing) throws ErrnoException {
    listing.clear();
    readEntries(directory, listing);
    listing.sortByInode();
    Memory memory = Memory.ofThread();
    for (int i = 0; i < listing.count(); i++) {
      int type = listing.mode(i);
      if (type == TYPE_REGULAR || type == TYPE_UNKNOWN) {
        statEntry(directory, listing, i, memory);
      }
    }
  }

  private void readEntries(Descriptor directory, DirectoryListing listing) throws ErrnoException {
    Memory memory = Memory.ofThread();
    byte[] name = new byte[NAME_BYTES_MAX];
    while (true) {
      long length =
          kernel.check(SystemCall.GETDENTS64, directory.number(), memory.list, Memory.LIST_BYTES);
      if (length == 0) {
        return;
      }
      long end = memory.list + length;
      // struct linux_dirent64: d_ino u64, d_off s64, d_reclen u16, d_type u8, d_name.
      for (long at = memory.list; at < end; at += Memory.getShort(at + 16) & 0xffff) {
        int nameLength = 0;
        byte next = Memory.getByte(at + 19);
        while (next != 0 && nameLength < name.length) {
          name[nameLength++] = next;
          next = Memory.getByte(at + 19 + nameLength);
        }
        if (!isDotOrDotDot(name, nameLength)) {
          int type = (Memory.getByte(at + 18) & 0xff) << 12;
          listing.add(name, 0, nameLength, Memory.getLong(at), type);
        }
      }
    }
  }

  private static boolean isDotOrDotDot(byte[] name, int length) {
    return name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.'));
  }

  private void statEntry(Descriptor directory, DirectoryListing listing, int i, Memory memory) {
    Memory.putName(memory.firstPath, listing.names(), listing.nameStart(i), listing.nameLength(i));
    long at = memory.structure;
    long result =
        kernel.raw(
            SystemCall.STATX,
            directory.number(),
            memory.firstPath,
            AtFlags.SYMLINK_NO_FOLLOW | AtFlags.NO_AUTOMOUNT,
            LISTING_MASK,
            at);
    if (result == -Errno.ENOENT.number()) {
      listing.setVanished(i);
    } else if (result < 0) {
      listing.setFailed(i, (int) -result);
    } else {
      listing.setStat(
          i,
          Memory.getLong(at + 32),
          Memory.getShort(at + 28) & 0xffff,
          Memory.getInt(at + 16),
          Memory.getInt(at + 20),
          Memory.getInt(at + 24),
          Memory.getLong(at + 40),
          nanos(at + 112),
          nanos(at + 96),
          (int) Memory.getLong(at + 8));
    }
  }

  /// A name that could be resolved by more than one component would let someone who can write to
  /// the tree redirect us.
  static void requireSingleName(byte[] name) {
    for (byte b : name) {
      if (b == '/' || b == 0) {
        throw new IllegalArgumentException("not a single name: " + PathText.escape(name));
      }
    }
    if (name.length == 0 || (name.length < 3 && isDotOrDotDot(name, name.length))) {
      throw new IllegalArgumentException("not the name of an entry");
    }
  }
}
