package dev.hashify.index;

/// What a run may do with the index.
public enum Access {
  /// Nothing in the directory is created or changed, not even the lock file. Only true while nobody
  /// else writes: the store's lock must be held, shared or alone.
  READ_ONLY,
  /// The store's lock must be held alone.
  READ_WRITE
}
