package dev.hashify.os;

/// The `AT_*` flags of `linux/fcntl.h` and the flags of `linux/fs.h` for `renameat2`.
final class AtFlags {

  /// `AT_FDCWD`: relative to the working directory.
  static final int WORKING_DIRECTORY = -100;

  static final int SYMLINK_NO_FOLLOW = 0x100;
  static final int REMOVE_DIRECTORY = 0x200;
  static final int SYMLINK_FOLLOW = 0x400;
  static final int NO_AUTOMOUNT = 0x800;
  static final int EMPTY_PATH = 0x1000;

  /// `RENAME_NOREPLACE`.
  static final int RENAME_NO_REPLACE = 1;

  /// `RENAME_EXCHANGE`.
  static final int RENAME_EXCHANGE = 2;

  private AtFlags() {}
}
