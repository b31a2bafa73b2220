package dev.hashify.store;

import java.util.Locale;
import java.util.Optional;

/// What keeps the store's objects from being written through one of their other names.
public enum Guard {
  /// The inode flag that `chattr +i` sets (`FS_IMMUTABLE_FL`).
  IMMUTABLE,

  /// Nothing: only when asked for by name.
  NONE;

  /// The word in the store's `format` file.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
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
