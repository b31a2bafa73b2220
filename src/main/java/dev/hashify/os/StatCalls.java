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

  /// What an entry may need: most file systems stop at names of 255 bytes (NAME_MAX), but those
  /// that count UTF-16 units list up to 765, and FUSE 1,024. With less room in the buffer it is
  /// used from its start again.
  private static final int ROOM_BYTES_MIN = 2048;

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
  /// Cost: one `getdents64` per 64 KiB of entries and one `statx` per regular file. What else is
  /// done for an entry costs as much as the call if it is done carelessly, so names are not copied
  /// for the call as long as they lie where `getdents64` has put them, and the answers are taken
  /// over many at a time.
  ///
  /// @throws ErrnoException if the directory cannot be read to its end; the listing means nothing
  ///   then
  public void list(Descriptor directory, DirectoryListing listing) throws ErrnoException {
    Memory memory = Memory.ofThread();
    listing.clear();
    boolean namesAreInPlace = readEntries(directory, listing, memory);
    listing.sortByInode();
    for (int first = 0; first < listing.count(); first += Memory.STATS) {
      int end = Math.min(listing.count(), first + Memory.STATS);
      long answered = 0;
      for (int i = first; i < end; i++) {
        int type = listing.mode(i);
        if (type == TYPE_REGULAR || type == TYPE_UNKNOWN) {
          long name =
              namesAreInPlace ? memory.list + listing.place(i) : putName(listing, i, memory);
          long answer = memory.stats + (long) Memory.STAT_BYTES * (i - first);
          answered |= statEntry(directory, name, listing, i, answer) ? 1L << (i - first) : 0;
        }
      }
      takeStats(listing, first, answered, memory);
    }
  }

  private static long putName(DirectoryListing listing, int i, Memory memory) {
    return Memory.putName(
        memory.firstPath, listing.names(), listing.nameStart(i), listing.nameLength(i));
  }

  /// Lists the names, each with its place behind [Memory#list].
  ///
  /// @return whether all names are there still
  private boolean readEntries(Descriptor directory, DirectoryListing listing, Memory memory)
      throws ErrnoException {
    int used = 0;
    boolean areInPlace = true;
    while (true) {
      if (Memory.LIST_BYTES - used < ROOM_BYTES_MIN) {
        used = 0;
        areInPlace = false;
      }
      int length =
          (int)
              kernel.check(
                  SystemCall.GETDENTS64,
                  directory.number(),
                  memory.list + used,
                  Memory.LIST_BYTES - used);
      if (length == 0) {
        return areInPlace;
      }
      byte[] entries = memory.listCopy;
      Memory.copyOut(memory.list + used, entries, used, length);
      addEntries(entries, used, used + length, listing);
      used += length;
    }
  }

  /// `struct linux_dirent64`: d_ino u64, d_off s64, d_reclen u16, d_type u8, d_name; padded to a
  /// multiple of 8, so that the NUL of a name is one of the last 8 bytes.
  private static void addEntries(byte[] entries, int from, int to, DirectoryListing listing) {
    int at = from;
    while (at < to) {
      int end = at + ((entries[at + 16] & 0xff) | (entries[at + 17] & 0xff) << 8);
      int name = at + 19;
      int nameEnd = Math.max(name, end - 8);
      while (nameEnd < end && entries[nameEnd] != 0) {
        nameEnd++;
      }
      if (!isDotOrDotDot(entries, name, nameEnd - name)) {
        int type = (entries[at + 18] & 0xff) << 12;
        int row = listing.add(entries, name, nameEnd - name, Memory.getLong(entries, at), type);
        listing.setPlace(row, name);
      }
      at = end;
    }
  }

  private static boolean isDotOrDotDot(byte[] bytes, int from, int length) {
    return bytes[from] == '.' && (length == 1 || (length == 2 && bytes[from + 1] == '.'));
  }

  /// Asks for the stat of an entry; what comes instead is marked in the listing.
  ///
  /// @return whether it came
  private boolean statEntry(
      Descriptor directory, long name, DirectoryListing listing, int i, long answer) {
    long result =
        kernel.raw(
            SystemCall.STATX,
            directory.number(),
            name,
            AtFlags.SYMLINK_NO_FOLLOW | AtFlags.NO_AUTOMOUNT,
            LISTING_MASK,
            answer);
    if (result == -Errno.ENOENT.number()) {
      listing.setVanished(i);
    } else if (result < 0) {
      listing.setFailed(i, (int) -result);
    }
    return result >= 0;
  }

  /// Takes over the answers to the entries from `first` on.
  ///
  /// @param answered a bit for each entry, the lowest for the first
  private static void takeStats(DirectoryListing listing, int first, long answered, Memory memory) {
    if (answered == 0) {
      return;
    }
    long[] words = memory.statWords;
    int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(answered);
    Memory.copyOut(memory.stats, words, (last + 1) * Memory.STAT_WORDS);
    for (int i = 0; i <= last; i++) {
      if ((answered >>> i & 1) != 0) {
        takeStat(listing, first + i, words, i * Memory.STAT_WORDS);
      }
    }
  }

  /// `struct statx` in words of 64 bits, see statx(2); all machines that are supported have the
  /// lowest byte first.
  private static void takeStat(DirectoryListing listing, int i, long[] words, int at) {
    listing.setStat(
        i,
        words[at + 4],
        (int) (words[at + 3] >>> 32) & 0xffff,
        (int) words[at + 2],
        (int) (words[at + 2] >>> 32),
        (int) words[at + 3],
        words[at + 5],
        words[at + 14] * NANOS_PER_SECOND + (int) words[at + 15],
        words[at + 12] * NANOS_PER_SECOND + (int) words[at + 13],
        (int) words[at + 1]);
  }

  /// A name that could be resolved by more than one component would let someone who can write to
  /// the tree redirect us.
  static void requireSingleName(byte[] name) {
    for (byte b : name) {
      if (b == '/' || b == 0) {
        throw new IllegalArgumentException("not a single name: " + PathText.escape(name));
      }
    }
    if (name.length == 0 || (name.length < 3 && isDotOrDotDot(name, 0, name.length))) {
      throw new IllegalArgumentException("not the name of an entry");
    }
  }
}
