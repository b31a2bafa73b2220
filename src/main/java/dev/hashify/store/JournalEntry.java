package dev.hashify.store;

import dev.hashify.os.ErrnoException;

/// The record of one batch in hand. It stays until [#done], so a batch that ends by an exception or
/// a kill is found by the next run.
public final class JournalEntry {

  private final Journal journal;
  private final byte[] name;

  JournalEntry(Journal journal, byte[] name) {
    this.journal = journal;
    this.name = name.clone();
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
}
