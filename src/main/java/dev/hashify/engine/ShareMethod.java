package dev.hashify.engine;

/// How equal files are made to share.
public enum ShareMethod {
  /// What is safest and at hand for the file system.
  AUTO,
  /// One inode with several names.
  HARDLINK,
  /// One set of blocks under several inodes.
  REFLINK
}
