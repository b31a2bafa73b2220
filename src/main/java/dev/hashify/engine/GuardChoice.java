package dev.hashify.engine;

/// What keeps a shared inode from being written, as asked for.
public enum GuardChoice {
  /// What needs no decision of the user; refused where nothing does.
  AUTO,
  /// The roots are lower layers of overlay mounts: a write makes a copy above them.
  OVERLAY,
  /// fs-verity, for good.
  VERITY,
  /// The immutable attribute.
  IMMUTABLE,
  /// Nothing: a write through one path is a write to all.
  NONE
}
