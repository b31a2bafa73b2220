package dev.hashify.os;

import dev.hashify.file.Errno;
import java.nio.charset.StandardCharsets;

/// Calls that make, move and remove names. Each takes directories by descriptor and single names,
/// so that nothing is ever resolved through a path someone else could change.
public final class NameCalls {

  private final Kernel kernel;

  NameCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Gives the file `name` of `from` one more name; never follows a symbolic link, never replaces.
  public void link(Descriptor from, byte[] name, Descriptor to, byte[] newName)
      throws ErrnoException {
    Memory memory = putBoth(name, newName);
    kernel.check(
        SystemCall.LINKAT, from.number(), memory.firstPath, to.number(), memory.secondPath, 0);
  }

  /// Gives an open file one more name, whatever its present names lead to by now.
  ///
  /// @throws ErrnoException ENOENT if the file has no name left
  public void linkOpenFile(Descriptor file, Descriptor to, byte[] newName) throws ErrnoException {
    StatCalls.requireSingleName(newName);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.secondPath, newName);
    Memory.putInt(memory.firstPath, 0);
    long result =
        kernel.raw(
            SystemCall.LINKAT,
            file.number(),
            memory.firstPath,
            to.number(),
            memory.secondPath,
            AtFlags.EMPTY_PATH);
    if (result == -Errno.ENOENT.number() || result == -Errno.EPERM.number()) {
      // Before Linux 6.10 the empty path asks for CAP_DAC_READ_SEARCH; the link in /proc does not.
      byte[] proc = file.procPath().getBytes(StandardCharsets.US_ASCII);
      Memory.putName(memory.firstPath, proc);
      result =
          kernel.raw(
              SystemCall.LINKAT,
              AtFlags.WORKING_DIRECTORY,
              memory.firstPath,
              to.number(),
              memory.secondPath,
              AtFlags.SYMLINK_FOLLOW);
    }
    if (result < 0) {
      throw new ErrnoException(SystemCall.LINKAT, (int) -result);
    }
  }

  /// Exchanges two names in one step: at no moment does either lack a file.
  public void exchange(Descriptor first, byte[] name, Descriptor second, byte[] otherName)
      throws ErrnoException {
    rename(first, name, second, otherName, AtFlags.RENAME_EXCHANGE);
  }

  /// Moves a name; EEXIST if the new one is taken.
  public void renameNoReplace(Descriptor from, byte[] name, Descriptor to, byte[] newName)
      throws ErrnoException {
    rename(from, name, to, newName, AtFlags.RENAME_NO_REPLACE);
  }

  /// Moves a name onto another, replacing what it named. Only for files of our own: it does
  /// nothing, successfully, when both names are one file.
  public void renameReplacing(Descriptor from, byte[] name, Descriptor to, byte[] newName)
      throws ErrnoException {
    rename(from, name, to, newName, 0);
  }

  private void rename(Descriptor from, byte[] name, Descriptor to, byte[] newName, int flags)
      throws ErrnoException {
    Memory memory = putBoth(name, newName);
    kernel.check(
        SystemCall.RENAMEAT2,
        from.number(),
        memory.firstPath,
        to.number(),
        memory.secondPath,
        flags);
  }

  /// Removes a name of a file.
  public void unlink(Descriptor directory, byte[] name) throws ErrnoException {
    remove(directory, name, 0);
  }

  /// Removes an empty directory.
  public void removeDirectory(Descriptor directory, byte[] name) throws ErrnoException {
    remove(directory, name, AtFlags.REMOVE_DIRECTORY);
  }

  private void remove(Descriptor directory, byte[] name, int flags) throws ErrnoException {
    StatCalls.requireSingleName(name);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, name);
    kernel.check(SystemCall.UNLINKAT, directory.number(), memory.firstPath, flags);
  }

  /// Makes a directory; EEXIST if there is such an entry.
  public void makeDirectory(Descriptor directory, byte[] name, int mode) throws ErrnoException {
    StatCalls.requireSingleName(name);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, name);
    kernel.check(SystemCall.MKDIRAT, directory.number(), memory.firstPath, mode);
  }

  private static Memory putBoth(byte[] first, byte[] second) {
    StatCalls.requireSingleName(first);
    StatCalls.requireSingleName(second);
    Memory memory = Memory.ofThread();
    Memory.putName(memory.firstPath, first);
    Memory.putName(memory.secondPath, second);
    return memory;
  }
}
