package dev.hashify.store;

import static dev.hashify.store.Layout.bytes;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is in hand, one file a batch, so that a run after a kill or a power cut works from a record
/// and not from guesses.
///
/// A record is down before the first step of its batch, by a sync of its own ([#write]) or by the
/// one that the batch needs anyway ([#prepare]). So one that is not whole is of a batch that was
/// not begun, or has been damaged, and the second leaves temporaries that nothing explains.
///
/// A batch ends by syncing its temporaries' removal first and unlinking its record then: were it
/// the other way round, a file system that syncs directories one by one (Btrfs) could lose the
/// record and keep the temporaries. That sync, too, may be its own ([JournalEntry#done]) or a later
/// one of the whole file system ([JournalEntry#removeAfterSync]). A record that is still there or
/// that a power cut brings back is harmless: its temporaries are gone for certain, no later run
/// gives their names again, and putting a guard on twice is putting it on once.
public final class Journal {

  private final Store store;
  private final Linux linux;
  private final Descriptor directory;
  private final TemporaryNames names;

  Journal(Store store, Descriptor directory, TemporaryNames names) {
    this.store = store;
    this.linux = store.linux();
    this.directory = directory;
    this.names = names;
  }

  /// Records a batch of steps; it survives a power cut on return.
  public JournalEntry write(List<JournalStep> steps) throws ErrnoException {
    return write(steps, List.of());
  }

  /// Records a batch of steps and the guards that are taken off for it; it survives a power cut on
  /// return.
  ///
  /// Cost: one file of some 350 bytes a step and two syncs.
  ///
  /// @throws ErrnoException if it does not; the batch must not be begun then
  public JournalEntry write(List<JournalStep> steps, List<JournalGuard> guards)
      throws ErrnoException {
    JournalEntry entry = prepare(steps, guards);
    try {
      entry.sync();
      return entry;
    } catch (ErrnoException failed) {
      entry.giveUp();
      throw failed;
    }
  }

  /// The same without the syncs: it survives a kill on return, and a power cut once [Store#sync]
  /// has returned after it. The batch must not be begun before.
  ///
  /// @throws ErrnoException if it was not recorded
  public JournalEntry prepare(List<JournalStep> steps, List<JournalGuard> guards)
      throws ErrnoException {
    store.requireChange();
    byte[] content = JournalCodec.encode(steps, guards);
    byte[] name = names.next();
    Descriptor file = linux.open().create(directory, name, Layout.FILE_MODE);
    try {
      linux.content().writeAll(file, content, 0);
    } catch (ErrnoException failed) {
      file.close();
      removeQuietly(name);
      throw failed;
    }
    return entry(name, content.length, steps.size(), file);
  }

  private JournalEntry entry(byte[] name, int recordBytes, int steps, @Nullable Descriptor file) {
    return new JournalEntry(this, name, JournalCodec.notesOffset(recordBytes, steps), file);
  }

  Descriptor openForNotes(byte[] name) throws ErrnoException {
    store.requireChange();
    return linux.open().fileForWriting(directory, name);
  }

  void write(Descriptor file, byte[] bytes, long offset) throws ErrnoException {
    linux.content().writeAll(file, bytes, offset);
  }

  void sync(Descriptor file) throws ErrnoException {
    linux.content().sync(file);
    linux.content().sync(directory);
  }

  /// What cannot be removed is removed by the next run, or tells it of steps nobody began.
  void removeQuietly(byte[] name) {
    try {
      linux.names().unlink(directory, name);
    } catch (ErrnoException _) {
      // The first failure is the one to tell.
    }
  }

  void end(byte[] name) throws ErrnoException {
    store.requireChange();
    linux.content().sync(store.tmp());
    remove(name);
  }

  /// Removes a record of a batch that was not begun.
  public void remove(JournalReading.Incomplete incomplete) throws ErrnoException {
    remove(incomplete.record().name().bytes());
  }

  /// Done twice is harmless.
  void remove(byte[] name) throws ErrnoException {
    store.requireChange();
    try {
      linux.names().unlink(directory, name);
    } catch (ErrnoException failed) {
      if (!failed.is(Errno.ENOENT)) {
        throw failed;
      }
    }
  }

  /// What earlier runs did not end. To be asked before the first [#write] of a run.
  public List<JournalReading> read() throws ErrnoException {
    var listing = new DirectoryListing();
    try (var own = linux.open().subdirectory(store.directory(), bytes(Layout.JOURNAL))) {
      linux.stat().list(own, listing);
    }
    List<JournalReading> readings = new ArrayList<>();
    for (int i = 0; i < listing.count(); i++) {
      readings.add(read(listing, i));
    }
    return readings;
  }

  private JournalReading read(DirectoryListing listing, int at) throws ErrnoException {
    byte[] name = listing.name(at);
    if (!TemporaryNames.isTemporary(new String(name, StandardCharsets.ISO_8859_1))
        || !listing.isRegular(at)) {
      return damaged(name, "not a file that this program put there");
    }
    byte[] content;
    try (var file = linux.open().file(directory, name)) {
      content = linux.content().readAll(file, JournalCodec.BYTES_MAX);
    } catch (ErrnoException failed) {
      // A disk that fails once may not fail the next time, and what the record says is needed then.
      return failed.is(Errno.EFBIG)
          ? damaged(name, failed.why())
          : new JournalReading.Unreadable(place(name), failed.why());
    }
    return switch (JournalCodec.decode(content)) {
      case JournalCodec.Decoded.Batch(var steps, var guards, var times) ->
          new JournalReading.Valid(
              entry(name, content.length, steps.size(), null), steps, guards, times);
      case JournalCodec.Decoded.OtherVersion(var reason) ->
          new JournalReading.Unreadable(place(name), reason);
      case JournalCodec.Decoded.Incomplete(var reason) ->
          new JournalReading.Incomplete(damaged(name, reason));
      case JournalCodec.Decoded.Unusable(var reason) -> damaged(name, reason);
    };
  }

  private JournalReading.Damaged damaged(byte[] name, String reason) {
    return new JournalReading.Damaged(TreePath.of(name), place(name), reason);
  }

  private TreePath place(byte[] name) {
    return store.path().child(Layout.JOURNAL).child(name);
  }

  /// Moves a damaged record to `damaged`, where nobody reads it again.
  public void putAside(JournalReading.Damaged damaged) throws ErrnoException {
    store.requireChange();
    var entry = new DamagedPlace.Entry(directory, damaged.name());
    new DamagedPlace(store).take(entry, "journal", damaged.name().bytes());
  }
}
