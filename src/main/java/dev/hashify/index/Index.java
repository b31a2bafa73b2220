package dev.hashify.index;

/// What earlier runs learnt.
///
/// A cache: it may be deleted at any time between runs, which costs time and never a byte of
/// anybody's files. So whatever it says must still be compared with what the file system says now.
public interface Index extends AutoCloseable {

  /// A view for the calling thread of all that is written now; see [IndexReader].
  ///
  /// @throws IllegalStateException if the index is closed
  /// @throws IndexException if there is no room for one more reader
  IndexReader reader() throws IndexException;

  /// Writes `changes` and leaves them as they are. Blocks until the disk has them.
  ///
  /// They are written in the order objects, directories, meta, in transactions of 10,000 changes or
  /// 16 MiB: a run that is killed leaves the first so many of them, and never a half of one. After
  /// an exception the same holds.
  ///
  /// One thread writes at a time; others wait.
  ///
  /// @throws IllegalStateException if the index is closed or was not opened for writing
  /// @throws IndexException if the index is full, or the disk is, or the disk fails
  void write(IndexChanges changes) throws IndexException;

  /// Something is about to be done in the store that the index is to be told of afterwards: marks
  /// the index, durably, as one that was not closed in order. The mark stays, on closing too, until
  /// [#trust]; so whoever fails in between needs to do nothing.
  ///
  /// @throws IllegalStateException if the index is closed or was not opened for writing
  /// @throws IndexException if the mark was not written
  void distrust() throws IndexException;

  /// The index has been told of everything.
  void trust();

  /// Whether the last run that wrote to the index before this one closed it. If not, what it says
  /// may be older than what the killed run did in the store and the roots.
  boolean wasClosedCleanly();

  /// Waits for the calls that readers are in, closes the readers, then the index. Closing twice
  /// does nothing.
  @Override
  void close() throws IndexException;
}
