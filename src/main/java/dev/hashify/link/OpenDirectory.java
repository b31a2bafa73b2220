package dev.hashify.link;

import dev.hashify.file.FileStat;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.store.DirectoryTimes;
import dev.hashify.store.JournalEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A directory of a root in which names are exchanged, and its modification time.
///
/// Each exchange moves the directory's mtime. It is put back once per batch, unless somebody else
/// changed the directory meanwhile: then the time is news and stays. Somebody else is noticed
/// because the mtime before an exchange is not the one after our last. The journal is told of each
/// of ours, so that the next run can put the time back after a kill.
final class OpenDirectory implements AutoCloseable {

  private final Linux linux;
  private final Descriptor descriptor;
  private final long inode;
  private long modifiedNanosAtFirst;
  private long modifiedNanosNow;
  private boolean looked;
  private boolean changedByOthers;
  private boolean changedByUs;
  private Optional<ErrnoException> timeUnknown = Optional.empty();
  private @Nullable JournalEntry journal;
  private int step;

  private OpenDirectory(Linux linux, Descriptor descriptor, long inode) {
    this.linux = linux;
    this.descriptor = descriptor;
    this.inode = inode;
  }

  /// One that is to be looked at before anything is exchanged in it: see [#look]. Takes over
  /// `descriptor`, also if it fails.
  static OpenDirectory of(Linux linux, Descriptor descriptor) throws ErrnoException {
    try {
      return new OpenDirectory(linux, descriptor, linux.stat().of(descriptor).inode());
    } catch (ErrnoException failed) {
      descriptor.close();
      throw failed;
    }
  }

  /// Takes down the time that is put back; once, and not while another batch exchanges names in it.
  void look() throws ErrnoException {
    if (!looked) {
      look(linux.stat().of(descriptor), Optional.empty());
    }
  }

  private void look(FileStat stat, Optional<DirectoryTimes> noted) {
    modifiedNanosAtFirst = noted.map(DirectoryTimes::beforeNanos).orElse(stat.modifiedNanos());
    modifiedNanosNow = stat.modifiedNanos();
    looked = true;
  }

  /// One of a batch that was interrupted. Takes over `descriptor`.
  ///
  /// @param now its stat
  /// @param noted the times noted by the batch, if it still has the later one: then it gets back
  ///   the earlier one, else the one it has now
  static OpenDirectory resumed(
      Linux linux, Descriptor descriptor, FileStat now, Optional<DirectoryTimes> noted) {
    var directory = new OpenDirectory(linux, descriptor, now.inode());
    directory.look(now, noted);
    directory.changedByUs = now.modifiedNanos() != directory.modifiedNanosAtFirst;
    return directory;
  }

  /// Tells the journal of each exchange from now on, under the number of one of its steps in this
  /// directory.
  void noteIn(JournalEntry entry, int number) {
    journal = entry;
    step = number;
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
      return;
    }
    note();
  }

  private void note() {
    if (journal == null || changedByOthers) {
      return;
    }
    try {
      journal.noteDirectory(step, new DirectoryTimes(modifiedNanosAtFirst, modifiedNanosNow));
    } catch (ErrnoException _) {
      // Then a kill leaves the time moved. It is no reason not to share.
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
    if (!looked) {
      return;
    }
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
