package dev.hashify.engine;

/// What the roots lie on, which decides the order in which files are read.
public enum DiskKind {
  /// What the kernel says of the devices below each store.
  AUTO,

  /// A disk with a head that has to be moved: files are read one after the other in the order they
  /// lie in, and compared afterwards.
  HDD,

  /// No head: files are compared as they come, by all threads.
  SSD
}
