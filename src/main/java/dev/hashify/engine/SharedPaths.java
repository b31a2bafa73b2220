package dev.hashify.engine;

/// Which paths may be names of one inode.
enum SharedPaths {
  /// Any.
  ANY,
  /// Only those that are equal below their roots.
  EQUAL_ONLY
}
