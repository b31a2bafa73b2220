package dev.hashify.store;

import dev.hashify.file.FileStat;

/// What came of making a file an object.
public sealed interface Adoption {

  /// The file's inode has the object's name now.
  record Adopted() implements Adoption {}

  /// The name is taken and nothing was changed. What has it may be the same inode, another file of
  /// the same identity, or nothing that the store put there: look at it.
  record AlreadyThere(FileStat stat) implements Adoption {}
}
