package dev.hashify.os;

import dev.hashify.file.Errno;
import dev.hashify.file.FileStat;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Where content lies, and sharing it between files.
public final class CloneCalls {

  /// `_IOWR('f', 11, struct fiemap)` of linux/fs.h.
  private static final long FIEMAP = 0xc020_660bL;

  /// `FIEMAP_FLAG_SYNC` and `FIEMAP_EXTENT_LAST` of linux/fiemap.h.
  private static final int SYNC = 1;

  private static final int LAST = 1;

  private static final int MAP_HEADER_BYTES = 32;
  private static final int EXTENT_BYTES = 56;

  /// As many as one scratch area holds; longer lists are read in several calls.
  private static final int EXTENTS_PER_CALL = (Memory.LIST_BYTES - MAP_HEADER_BYTES) / EXTENT_BYTES;

  /// `_IOWR(0x94, 54, struct file_dedupe_range)` of linux/fs.h.
  private static final long DEDUPE = 0xc018_9436L;

  private static final int DEDUPE_HEADER_BYTES = 24;
  private static final int DESTINATION_BYTES = 32;

  /// `FILE_DEDUPE_RANGE_DIFFERS` of linux/fs.h.
  private static final int DIFFERS = 1;

  /// The kernel takes 127 (the argument is at most one page); 32 are enough to make one call cost
  /// nothing beside the work.
  public static final int DESTINATIONS_MAX = 32;

  /// The most that is compared and shared for one destination in one call.
  ///
  /// The kernel holds both inodes' locks meanwhile, so a writer waits: 16 MiB take some 3 ms when
  /// the content is in memory (64 MiB were measured at 10.5 ms on XFS, 15.9 ms on Btrfs) and a few
  /// tenths of a second from a slow disk. Btrfs works in pieces of 16 MiB by itself, so larger
  /// calls would not make larger extents. The kernel's own limit is 1 GiB.
  public static final long BYTES_MAX = 16L << 20;

  private final Kernel kernel;

  CloneCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Whether to have content that was written a moment ago placed first.
  public enum Placing {
    /// Where the content lies that is on disk: of a file that was written to, the old one's place.
    AS_IT_IS,
    /// Where the content lies that the file reads, which is written to disk for it. Costs nothing
    /// if all of it is there.
    PLACE_FIRST
  }

  /// Where the content of `file` lies.
  ///
  /// @throws ErrnoException EOPNOTSUPP where the file system does not say
  public FileExtents extents(Descriptor file, long sizeBytes, Placing placing)
      throws ErrnoException {
    var extents = new FileExtents.Builder(sizeBytes);
    long at = Memory.ofThread().list;
    long from = 0;
    while (from < sizeBytes) {
      // struct fiemap: start u64, length u64, flags u32, mapped u32, count u32, reserved u32.
      Memory.clear(at, MAP_HEADER_BYTES);
      Memory.putLong(at, from);
      Memory.putLong(at + 8, sizeBytes - from);
      Memory.putInt(at + 16, placing == Placing.PLACE_FIRST ? SYNC : 0);
      Memory.putInt(at + 24, EXTENTS_PER_CALL);
      kernel.check(SystemCall.IOCTL, file.number(), FIEMAP, at);
      int mapped = Memory.getInt(at + 20);
      long next = addExtents(extents, at + MAP_HEADER_BYTES, mapped);
      // A file that changes meanwhile must not keep us for ever.
      if (mapped == 0 || next <= from) {
        break;
      }
      from = next;
    }
    return extents.build();
  }

  /// Where on the volume the content of `file` begins, in bytes; none if there is no such place:
  /// content beside the inode, only holes, a file system that does not say.
  public OptionalLong firstPlace(Descriptor file) {
    long at = Memory.ofThread().list;
    Memory.clear(at, MAP_HEADER_BYTES);
    Memory.putLong(at + 8, Long.MAX_VALUE);
    Memory.putInt(at + 24, 1);
    long result = kernel.raw(SystemCall.IOCTL, file.number(), FIEMAP, at, 0, 0);
    boolean isTold = result >= 0 && Memory.getInt(at + 20) > 0;
    if (!isTold || !FileExtents.isPlaced(Memory.getInt(at + MAP_HEADER_BYTES + 40))) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Memory.getLong(at + MAP_HEADER_BYTES + 8));
  }

  /// What comes back when the file loses its last name: what it takes, less what others have the
  /// blocks of, too.
  ///
  /// @param mayShareBlocks whether files of its file system can share blocks; if not, the kernel is
  ///   not asked
  public long ownBytes(OpenFile file, boolean mayShareBlocks) {
    FileStat stat = file.stat();
    if (!mayShareBlocks) {
      return stat.allocatedBytes();
    }
    try {
      FileExtents extents = extents(file.descriptor(), stat.sizeBytes(), Placing.AS_IT_IS);
      return extents.hasShared()
          ? Math.min(stat.allocatedBytes(), extents.exclusiveBytes())
          : stat.allocatedBytes();
    } catch (ErrnoException _) {
      // A figure is not worth a failure, and where the place is not told blocks are not shared.
      return stat.allocatedBytes();
    }
  }

  /// How many bytes the kernel reads to answer an `ioctl`: all of both files where it is to share
  /// their blocks, else none.
  static long bytesCompared(long request, long address) {
    if (request != DEDUPE) {
      return 0;
    }
    int destinations = Memory.getShort(address + 16) & 0xffff;
    return Memory.getLong(address + 8) * (1 + destinations);
  }

  /// Adds what one call gave; returns where to go on.
  private static long addExtents(FileExtents.Builder extents, long address, int mapped) {
    long next = 0;
    for (int i = 0; i < mapped; i++) {
      // struct fiemap_extent: logical u64, physical u64, length u64, reserved 16, flags u32.
      long at = address + (long) i * EXTENT_BYTES;
      long logical = Memory.getLong(at);
      long length = Memory.getLong(at + 16);
      int flags = Memory.getInt(at + 40);
      extents.add(logical, Memory.getLong(at + 8), length, flags);
      next = (flags & LAST) != 0 ? Long.MAX_VALUE : logical + length;
    }
    return next;
  }

  /// What became of one destination.
  public sealed interface Sharing {

    /// The bytes were equal and are shared as far as whole blocks go.
    ///
    /// @param bytes how far; what the file system says, which may be less than was asked for and
    ///   may be more than it really shared
    record Shared(long bytes) implements Sharing {}

    /// Some byte differs; nothing was changed.
    record Different() implements Sharing {}

    /// The kernel declined; nothing was changed.
    record Failed(ErrnoException cause) implements Sharing {}
  }

  /// Lets each of `destinations` have the blocks of `source` for `length` bytes from `offset`, if
  /// their bytes are equal: the kernel compares and shares under the locks of both files, so
  /// whatever somebody writes meanwhile comes before or after. Nothing but the place of content
  /// changes: no time, no inode number.
  ///
  /// @param destinations at most [#DESTINATIONS_MAX]
  /// @param offset a multiple of the block size
  /// @param length at most [#BYTES_MAX]; a multiple of the block size, or up to the end of all
  /// @return one answer for each destination
  /// @throws ErrnoException if the call as a whole failed: nothing is known of any destination
  public List<Sharing> share(
      Descriptor source, List<Descriptor> destinations, long offset, long length)
      throws ErrnoException {
    if (destinations.size() > DESTINATIONS_MAX || length > BYTES_MAX) {
      throw new IllegalArgumentException(
          destinations.size() + " destinations or " + length + " bytes exceed one call");
    }
    long at = Memory.ofThread().list;
    int total = DEDUPE_HEADER_BYTES + destinations.size() * DESTINATION_BYTES;
    // struct file_dedupe_range: src_offset u64, src_length u64, dest_count u16, reserved.
    Memory.clear(at, total);
    Memory.putLong(at, offset);
    Memory.putLong(at + 8, length);
    Memory.putShort(at + 16, (short) destinations.size());
    for (int i = 0; i < destinations.size(); i++) {
      // struct file_dedupe_range_info: dest_fd s64, dest_offset u64, bytes u64, status s32.
      long each = at + DEDUPE_HEADER_BYTES + (long) i * DESTINATION_BYTES;
      Memory.putLong(each, destinations.get(i).number());
      Memory.putLong(each + 8, offset);
    }
    kernel.check(SystemCall.IOCTL, source.number(), DEDUPE, at);
    List<Sharing> answers = new ArrayList<>(destinations.size());
    for (int i = 0; i < destinations.size(); i++) {
      answers.add(answer(at + DEDUPE_HEADER_BYTES + (long) i * DESTINATION_BYTES));
    }
    return answers;
  }

  private static Sharing answer(long address) {
    int status = Memory.getInt(address + 24);
    if (status < 0) {
      return new Sharing.Failed(new ErrnoException(SystemCall.IOCTL, -status));
    }
    return status == DIFFERS
        ? new Sharing.Different()
        : new Sharing.Shared(Memory.getLong(address + 16));
  }

  /// Whether an error means that these files cannot share blocks, rather than that something went
  /// wrong: other superblocks, other ways of storing.
  public static boolean meansCannot(Errno errno) {
    return switch (errno) {
      case EINVAL, EOPNOTSUPP, ENOTTY, EXDEV, ENOSYS -> true;
      default -> false;
    };
  }
}
