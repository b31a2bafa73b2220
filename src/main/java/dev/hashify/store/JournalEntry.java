package dev.hashify.store;

import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import org.jspecify.annotations.Nullable;

/// The record of one batch in hand. It stays until [#done], so a batch that ends by an exception or
/// a kill is found by the next run.
public final class JournalEntry implements AutoCloseable {

  private final Journal journal;
  private final byte[] name;
  private final long notesOffset;
  private @Nullable Descriptor file;

  /// @param notesOffset where in the file the notes begin
  /// @param file the record, if it is open for writing; owned
  JournalEntry(Journal journal, byte[] name, long notesOffset, @Nullable Descriptor file) {
    this.journal = journal;
    this.name = name.clone();
    this.notesOffset = notesOffset;
    this.file = file;
  }

  /// Notes the modification time that a step's directory has now that a name in it was exchanged
  /// and nobody else has changed the directory since the batch began, and the one it had before. If
  /// it still has the time of now after a kill, the batch alone moved it.
  ///
  /// Survives a kill, but no power cut: then it says what was true of some moment, and helps if the
  /// directory on the disk is that of the same moment. Cost: one write of 20 bytes into the page
  /// cache.
  ///
  /// @param step its place in the list of steps
  /// @throws ErrnoException if it was not noted; then a kill would leave the directory's time moved
  public void noteDirectory(int step, DirectoryTimes times) throws ErrnoException {
    journal.write(
        open(),
        JournalCodec.encodeNote(step, times),
        notesOffset + (long) step * JournalCodec.NOTE_BYTES);
  }

  private Descriptor open() throws ErrnoException {
    Descriptor open = file;
    if (open == null) {
      open = journal.openForNotes(name);
      file = open;
    }
    return open;
  }

  void sync() throws ErrnoException {
    journal.sync(open());
  }

  /// Takes the record back because its batch is not begun. What cannot be removed is harmless.
  public void giveUp() {
    close();
    journal.removeQuietly(name);
  }

  /// Ends the batch: all its temporaries are gone and its guards are back.
  ///
  /// First makes the end durable, then removes the record; the removal itself need not survive a
  /// power cut, see [Journal]. Done twice is harmless.
  ///
  /// @throws ErrnoException if the record is still there, which is harmless too
  public void done() throws ErrnoException {
    journal.end(name);
  }

  /// Removes the record of a batch that had ended before [Store#sync] was called the last time.
  ///
  /// @throws ErrnoException if the record is still there, which is harmless
  public void removeAfterSync() throws ErrnoException {
    journal.remove(name);
  }

  /// Gives back what noting needed; the record stays.
  @Override
  public void close() {
    Descriptor open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
