package dev.hashify.os;

import dev.hashify.file.Errno;
import java.util.EnumSet;
import java.util.Set;

/// Reading and writing content.
public final class ContentCalls {

  /// `SEEK_DATA` and `SEEK_HOLE` of linux/fs.h.
  private static final int SEEK_DATA = 3;

  private static final int SEEK_HOLE = 4;

  /// `POSIX_FADV_SEQUENTIAL` and `POSIX_FADV_DONTNEED` of linux/fadvise.h.
  private static final int SEQUENTIAL = 2;

  static final int DONT_NEED = 4;

  /// `RWF_NOWAIT` of linux/fs.h.
  private static final int NO_WAIT = 8;

  /// `_IOW(0x94, 9, int)` of linux/fs.h.
  private static final long FICLONE = 0x4004_9409L;

  /// What file systems say that cannot clone these files, rather than that cloning went wrong.
  private static final Set<Errno> CANNOT_CLONE =
      EnumSet.of(Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.EXDEV, Errno.EINVAL, Errno.ENOSYS);

  private final Kernel kernel;

  ContentCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Reads `length` bytes from `offset` of the file into the start of `buffer`; fewer only at the
  /// end of the file.
  ///
  /// @param length at most [ReadBuffer#SIZE_BYTES]
  /// @return the number of bytes read; less than `length` means that the file ends there
  public int read(Descriptor file, ReadBuffer buffer, int length, long offset)
      throws ErrnoException {
    requireFits(length);
    int total = offset == 0 ? readCached(file, buffer, length) : 0;
    while (total < length) {
      long count =
          kernel.check(
              SystemCall.PREAD64,
              file.number(),
              buffer.address() + total,
              length - total,
              offset + total,
              0);
      if (count == 0) {
        break;
      }
      total += (int) count;
    }
    return total;
  }

  /// Reads from the start of the file what is in the page cache, so that it is known whether
  /// anybody has used the file lately; returns the number of bytes.
  private int readCached(Descriptor file, ReadBuffer buffer, int length) {
    Memory memory = Memory.ofThread();
    // struct iovec: base, length.
    Memory.putLong(memory.structure, buffer.address());
    Memory.putLong(memory.structure + 8, length);
    long count = kernel.once(SystemCall.PREADV2, file.number(), memory.structure, 1, 0, 0, NO_WAIT);
    if (count == -Errno.EAGAIN.number()) {
      file.setUncached();
    }
    // What went wrong is told by the call that may wait.
    return (int) Math.max(0, count);
  }

  /// The kernel is given an address and a length and would go past the buffer's end.
  private static void requireFits(int length) {
    if (length > ReadBuffer.SIZE_BYTES) {
      throw new IllegalArgumentException("length (" + length + ") exceeds the buffer");
    }
  }

  /// Writes the first `length` bytes of `buffer` at `offset` of the file.
  public void write(Descriptor file, ReadBuffer buffer, int length, long offset)
      throws ErrnoException {
    requireFits(length);
    write(file, buffer.address(), length, offset);
  }

  private void write(Descriptor file, long address, int length, long offset) throws ErrnoException {
    int total = 0;
    while (total < length) {
      total +=
          (int)
              kernel.check(
                  SystemCall.PWRITE64,
                  file.number(),
                  address + total,
                  length - total,
                  offset + total,
                  0);
    }
  }

  /// Reads a small file of our own whole.
  ///
  /// @throws ErrnoException EFBIG if it is larger than `bytesMax`
  public byte[] readAll(Descriptor file, int bytesMax) throws ErrnoException {
    try (var buffer = new ReadBuffer()) {
      var all = new java.io.ByteArrayOutputStream();
      byte[] chunk = new byte[ReadBuffer.SIZE_BYTES];
      while (true) {
        int count = read(file, buffer, ReadBuffer.SIZE_BYTES, all.size());
        buffer.copyTo(chunk, count);
        all.write(chunk, 0, count);
        if (all.size() > bytesMax) {
          throw new ErrnoException(SystemCall.PREAD64, Errno.EFBIG.number());
        }
        if (count < ReadBuffer.SIZE_BYTES) {
          return all.toByteArray();
        }
      }
    }
  }

  /// Writes `bytes` at `offset` of a file of our own.
  ///
  /// Goes through the thread's own memory: a run writes a few bytes for each file that it shares,
  /// and a buffer of its own is cleared when it is made and stops all threads when it is closed.
  public void writeAll(Descriptor file, byte[] bytes, long offset) throws ErrnoException {
    long address = Memory.ofThread().list;
    int done = 0;
    while (done < bytes.length) {
      int length = Math.min(Memory.LIST_BYTES, bytes.length - done);
      Memory.copyIn(bytes, done, length, address);
      write(file, address, length, offset + done);
      done += length;
    }
  }

  /// Sets the length of the file; what is added reads as zeros and takes no space.
  public void truncate(Descriptor file, long sizeBytes) throws ErrnoException {
    kernel.check(SystemCall.FTRUNCATE, file.number(), sizeBytes, 0);
  }

  /// Truncates a file as somebody does who has it not open, so that what stands against that is
  /// asked: a descriptor that reads will do.
  ///
  /// @throws ErrnoException EPERM if the file is sealed or immutable
  public void truncateAgain(Descriptor file, long sizeBytes) throws ErrnoException {
    Memory memory = Memory.ofThread();
    byte[] link = file.procPath().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Memory.putName(memory.firstPath, link);
    kernel.check(SystemCall.TRUNCATE, memory.firstPath, sizeBytes, 0);
  }

  /// The first position from `offset` on that holds data; -1 if only a hole follows.
  public long nextData(Descriptor file, long offset) throws ErrnoException {
    return seek(file, offset, SEEK_DATA);
  }

  /// The first position from `offset` on that is in a hole; the end of the file counts as one.
  public long nextHole(Descriptor file, long offset) throws ErrnoException {
    return seek(file, offset, SEEK_HOLE);
  }

  private long seek(Descriptor file, long offset, int whence) throws ErrnoException {
    long result = kernel.raw(SystemCall.LSEEK, file.number(), offset, whence, 0, 0);
    if (result == -Errno.ENXIO.number()) {
      return -1;
    }
    if (result < 0) {
      throw new ErrnoException(SystemCall.LSEEK, (int) -result);
    }
    return result;
  }

  /// Makes `to` share all blocks of `from`.
  ///
  /// @return whether the file system did; `false` if it cannot
  public boolean cloneContent(Descriptor from, Descriptor to) throws ErrnoException {
    long result = kernel.raw(SystemCall.IOCTL, to.number(), FICLONE, from.number(), 0, 0);
    if (result >= 0) {
      return true;
    }
    if (CANNOT_CLONE.contains(Errno.of((int) -result))) {
      return false;
    }
    throw new ErrnoException(SystemCall.IOCTL, (int) -result);
  }

  /// Tells the kernel that the file will be read from its start to its end. Advice: a failure means
  /// nothing.
  public void adviseSequential(Descriptor file) {
    long _ = kernel.raw(SystemCall.FADVISE64, file.number(), 0, 0, SEQUENTIAL, 0);
  }

  /// Tells the kernel that the pages of the file are not needed soon. Advice: a failure means
  /// nothing.
  public void adviseDontNeed(Descriptor file) {
    long _ = kernel.raw(SystemCall.FADVISE64, file.number(), 0, 0, DONT_NEED, 0);
  }

  /// Makes the file's content and size survive a power cut.
  public void sync(Descriptor file) throws ErrnoException {
    kernel.check(SystemCall.FSYNC, file.number(), 0, 0);
  }

  /// Makes everything written so far to the file system of `any` survive a power cut.
  public void syncFileSystem(Descriptor any) throws ErrnoException {
    kernel.check(SystemCall.SYNCFS, any.number(), 0, 0);
  }
}
