package dev.hashify.store;

import java.util.Locale;
import java.util.Optional;

/// What keeps the content that paths share from being written through one of them.
public enum Guard {
  /// The paths are files in the lower layers of overlay mounts: a write makes a copy above.
  OVERLAY,

  /// The paths share blocks, not an inode: the file system gives a writer blocks of its own. A
  /// store with this guard holds no objects.
  FILE_SYSTEM,

  /// The objects are sealed by fs-verity: their content cannot be written any more, by anybody. A
  /// seal stays as long as the file does.
  VERITY,

  /// The inode flag that `chattr +i` sets (`FS_IMMUTABLE_FL`).
  IMMUTABLE,

  /// Nothing: only when asked for by name.
  NONE;

  /// The word in the store's `format` file.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether equal files become names of one inode under it.
  public boolean isForHardLinks() {
    return this != FILE_SYSTEM;
  }

  /// Whether it is something that each object has, and so can lack.
  public boolean isOnInode() {
    return this == VERITY || this == IMMUTABLE;
  }

  static Optional<Guard> parse(String text) {
    for (var guard : values()) {
      if (guard.text().equals(text)) {
        return Optional.of(guard);
      }
    }
    return Optional.empty();
  }
}
