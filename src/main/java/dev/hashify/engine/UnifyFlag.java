package dev.hashify.engine;

/// The switches of a run.
public enum UnifyFlag {
  /// Consider set-uid and set-gid files and those with capabilities.
  INCLUDE_PRIVILEGED,
  /// Share an inode although some of its names lie outside the roots.
  SPLIT_LINKS,
  /// Leave files alone that running programs use.
  SKIP_IN_USE,
  /// Stop the processes of the roots around each batch of replacements.
  FREEZE,
  /// Take layers that are part of a live overlay mount too.
  INCLUDE_MOUNTED,
  /// Leave objects without names in the store.
  NO_SWEEP
}
