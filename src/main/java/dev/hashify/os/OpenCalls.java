package dev.hashify.os;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;

/// Opening files and directories so that nobody who can write to the tree can lead us elsewhere.
public final class OpenCalls {

  private static final int BASE = OpenFlags.CLOSE_ON_EXEC | OpenFlags.NO_TERMINAL;

  private static final int LIST = BASE | OpenFlags.DIRECTORY | OpenFlags.READ_ONLY;

  private static final int READ =
      BASE | OpenFlags.READ_ONLY | OpenFlags.NO_FOLLOW | OpenFlags.NON_BLOCKING;

  private static final long BENEATH_ONE_MOUNT =
      OpenFlags.RESOLVE_BENEATH
          | OpenFlags.RESOLVE_NO_SYMLINKS
          | OpenFlags.RESOLVE_NO_MAGICLINKS
          | OpenFlags.RESOLVE_NO_XDEV;

  /// Longest path given to one call; PATH_MAX is 4,096 with its NUL.
  private static final int STEP_BYTES_MAX = 4000;

  private final Kernel kernel;

  OpenCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Opens a directory of the host by the path a user gave, following symbolic links.
  public Descriptor directory(TreePath hostPath) throws ErrnoException {
    Memory memory = Memory.ofThread();
    byte[] path = hostPath.bytes();
    if (path.length > STEP_BYTES_MAX) {
      throw new ErrnoException(SystemCall.OPENAT, Errno.ENAMETOOLONG.number());
    }
    Memory.putName(memory.firstPath, path);
    return openat(AtFlags.WORKING_DIRECTORY, memory.firstPath, LIST, 0);
  }

  /// Opens the directory `path` below `root`: a symbolic link on the way is ELOOP; a mount, a `..`
  /// that leaves the root and an absolute path are EXDEV. Paths beyond PATH_MAX are opened in
  /// steps.
  public Descriptor directoryBeneath(Descriptor root, TreePath path) throws ErrnoException {
    byte[] bytes = path.isEmpty() ? new byte[] {'.'} : path.bytes();
    int from = 0;
    Descriptor at = root;
    while (true) {
      int end;
      Descriptor next;
      try {
        end = stepEnd(bytes, from);
        next = openat2(at, bytes, from, end - from, LIST);
      } finally {
        if (at != root) {
          at.close();
        }
      }
      if (end == bytes.length) {
        return next;
      }
      at = next;
      from = end + 1;
    }
  }

  private static int stepEnd(byte[] bytes, int from) throws ErrnoException {
    if (bytes.length - from <= STEP_BYTES_MAX) {
      return bytes.length;
    }
    int end = from + STEP_BYTES_MAX;
    while (end > from && bytes[end] != '/') {
      end--;
    }
    if (end == from) {
      throw new ErrnoException(SystemCall.OPENAT2, Errno.ENAMETOOLONG.number());
    }
    return end;
  }

  /// Opens the regular file `path` below `root` as [#file] and [#directoryBeneath] do together, in
  /// one call where the path is not beyond PATH_MAX.
  public Descriptor fileBeneath(Descriptor root, TreePath directory, byte[] name)
      throws ErrnoException {
    StatCalls.requireSingleName(name);
    byte[] path = directory.child(name).bytes();
    if (path.length <= STEP_BYTES_MAX) {
      return openat2(root, path, 0, path.length, READ);
    }
    try (Descriptor opened = directoryBeneath(root, directory)) {
      return file(opened, name);
    }
  }

  private Descriptor openat2(Descriptor at, byte[] path, int from, int length, int flags)
      throws ErrnoException {
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, path, from, length);
    // struct open_how: flags, mode, resolve, all u64.
    Memory.putLong(memory.structure, flags | OpenFlags.NO_ATIME);
    Memory.putLong(memory.structure + 8, 0);
    Memory.putLong(memory.structure + 16, BENEATH_ONE_MOUNT);
    long result =
        kernel.raw(SystemCall.OPENAT2, at.number(), memory.firstPath, memory.structure, 24, 0);
    if (result == -Errno.EPERM.number()) {
      // O_NOATIME is refused for what others own unless one is privileged.
      Memory.putLong(memory.structure, flags);
      result =
          kernel.raw(SystemCall.OPENAT2, at.number(), memory.firstPath, memory.structure, 24, 0);
    }
    return descriptor(SystemCall.OPENAT2, result);
  }

  /// Opens the regular file `name` of `directory` for reading, without touching its access time
  /// where that is allowed. A symbolic link is ELOOP; a fifo or device that took the place of the
  /// file is opened without blocking, so look at the stat of what was opened.
  public Descriptor file(Descriptor directory, byte[] name) throws ErrnoException {
    StatCalls.requireSingleName(name);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, name);
    long result =
        kernel.raw(
            SystemCall.OPENAT,
            directory.number(),
            memory.firstPath,
            READ | OpenFlags.NO_ATIME,
            0,
            0);
    if (result == -Errno.EPERM.number()) {
      result = kernel.raw(SystemCall.OPENAT, directory.number(), memory.firstPath, READ, 0, 0);
    }
    return descriptor(SystemCall.OPENAT, result);
  }

  /// Opens a file of the host for reading by a path, following symbolic links: an administrator's
  /// configuration, which may be one. Look at the stat of what was opened.
  public Descriptor hostFile(TreePath hostPath) throws ErrnoException {
    Memory memory = Memory.ofThread();
    byte[] path = hostPath.bytes();
    if (path.length > STEP_BYTES_MAX) {
      throw new ErrnoException(SystemCall.OPENAT, Errno.ENAMETOOLONG.number());
    }
    Memory.putName(memory.firstPath, path);
    return openat(AtFlags.WORKING_DIRECTORY, memory.firstPath, READ & ~OpenFlags.NO_FOLLOW, 0);
  }

  /// Opens the single directory `name` of `directory`; a symbolic link is ENOTDIR.
  public Descriptor subdirectory(Descriptor directory, byte[] name) throws ErrnoException {
    StatCalls.requireSingleName(name);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, name);
    return openat(directory.number(), memory.firstPath, LIST | OpenFlags.NO_FOLLOW, 0);
  }

  /// Creates the file `name` of `directory` for reading and writing.
  ///
  /// @throws ErrnoException EEXIST if there is such an entry: nothing is ever overwritten
  public Descriptor create(Descriptor directory, byte[] name, int mode) throws ErrnoException {
    StatCalls.requireSingleName(name);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, name);
    int flags =
        BASE | OpenFlags.READ_WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE | OpenFlags.NO_FOLLOW;
    return openat(directory.number(), memory.firstPath, flags, mode);
  }

  /// Creates a file without a name on the file system of `directory`, for reading and writing.
  /// [NameCalls#linkOpenFile] can give it names; as long as it has none, nothing of it outlives
  /// whoever has it open.
  public Descriptor createUnnamed(Descriptor directory, int mode) throws ErrnoException {
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, new byte[] {'.'});
    int flags = OpenFlags.CLOSE_ON_EXEC | OpenFlags.READ_WRITE | OpenFlags.UNNAMED;
    return openat(directory.number(), memory.firstPath, flags, mode);
  }

  /// Opens an open file once more, for reading only, whatever its names lead to by now.
  public Descriptor reopenForReading(Descriptor file) throws ErrnoException {
    Memory memory = Memory.ofThread();
    byte[] link = file.procPath().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Memory.putName(memory.firstPath, link);
    return openat(AtFlags.WORKING_DIRECTORY, memory.firstPath, BASE | OpenFlags.READ_ONLY, 0);
  }

  /// Opens the file `name` of `directory` for reading and writing; it must be there.
  public Descriptor fileForWriting(Descriptor directory, byte[] name) throws ErrnoException {
    StatCalls.requireSingleName(name);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, name);
    int flags = BASE | OpenFlags.READ_WRITE | OpenFlags.NO_FOLLOW;
    return openat(directory.number(), memory.firstPath, flags, 0);
  }

  /// Opens the file `name` of `directory` for reading and writing, creating it if need be.
  public Descriptor openOrCreate(Descriptor directory, byte[] name, int mode)
      throws ErrnoException {
    StatCalls.requireSingleName(name);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, name);
    int flags = BASE | OpenFlags.READ_WRITE | OpenFlags.CREATE | OpenFlags.NO_FOLLOW;
    return openat(directory.number(), memory.firstPath, flags, mode);
  }

  /// Where an open file or directory is now, as the kernel names it: the real path, without
  /// symbolic links. Wrong for what has been removed (` (deleted)` is appended by the kernel).
  public TreePath realPath(Descriptor open) throws ErrnoException {
    Memory memory = Memory.ofThread();
    byte[] link = open.procPath().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Memory.putName(memory.firstPath, link);
    long length =
        kernel.check(
            SystemCall.READLINKAT,
            AtFlags.WORKING_DIRECTORY,
            memory.firstPath,
            memory.secondPath,
            Memory.PATH_BYTES,
            0);
    return TreePath.of(Memory.bytes(memory.secondPath, (int) length));
  }

  private Descriptor openat(int at, long path, int flags, int mode) throws ErrnoException {
    return descriptor(SystemCall.OPENAT, kernel.raw(SystemCall.OPENAT, at, path, flags, mode, 0));
  }

  private Descriptor descriptor(SystemCall call, long result) throws ErrnoException {
    if (result < 0) {
      throw new ErrnoException(call, (int) -result);
    }
    return new Descriptor(kernel, (int) result);
  }
}
