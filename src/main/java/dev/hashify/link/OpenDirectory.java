package dev.hashify.link;

import dev.hashify.file.FileStat;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.util.Optional;

/// A directory of a root in which names are exchanged, and its modification time.
///
/// Each exchange moves the directory's mtime. It is put back once per batch, unless somebody else
/// changed the directory meanwhile: then the time is news and stays. Somebody else is noticed
/// because the mtime before an exchange is not the one after our last.
final class OpenDirectory implements AutoCloseable {

  private final Linux linux;
  private final Descriptor descriptor;
  private final long modifiedNanosAtFirst;
  private final long inode;
  private long modifiedNanosNow;
  private boolean changedByOthers;
  private boolean changedByUs;
  private Optional<ErrnoException> timeUnknown = Optional.empty();

  private OpenDirectory(Linux linux, Descriptor descriptor, FileStat stat) {
    this.linux = linux;
    this.descriptor = descriptor;
    inode = stat.inode();
    modifiedNanosAtFirst = stat.modifiedNanos();
    modifiedNanosNow = modifiedNanosAtFirst;
  }

  /// Takes over `descriptor`; closes it if the stat fails.
  static OpenDirectory of(Linux linux, Descriptor descriptor) throws ErrnoException {
    try {
      return new OpenDirectory(linux, descriptor, linux.stat().of(descriptor));
    } catch (ErrnoException failed) {
      descriptor.close();
      throw failed;
    }
  }

  Descriptor descriptor() {
    return descriptor;
  }

  long inode() {
    return inode;
  }

  /// Exchanges an entry with a temporary of the store.
  ///
  /// @throws ErrnoException if it was not exchanged
  void exchange(byte[] name, Descriptor tmp, byte[] temporary) throws ErrnoException {
    lookForOthers();
    linux.names().exchange(tmp, temporary, descriptor, name);
    changedByUs = true;
    try {
      modifiedNanosNow = linux.stat().of(descriptor).modifiedNanos();
    } catch (ErrnoException failed) {
      // The exchange is done. Only the time cannot be told from a later change by others any more.
      timeUnknown = Optional.of(failed);
    }
  }

  private void lookForOthers() throws ErrnoException {
    if (timeUnknown.isEmpty() && linux.stat().of(descriptor).modifiedNanos() != modifiedNanosNow) {
      changedByOthers = true;
    }
  }

  /// Puts the modification time back if only we moved it.
  ///
  /// @throws ErrnoException if it was not put back although it should, or may, have been
  void restoreTime() throws ErrnoException {
    if (timeUnknown.isPresent()) {
      throw timeUnknown.get();
    }
    lookForOthers();
    if (changedByUs && !changedByOthers) {
      linux.attributes().setModified(descriptor, modifiedNanosAtFirst);
      modifiedNanosNow = modifiedNanosAtFirst;
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
