package dev.hashify.os;

/// The `O_*` flags of `fcntl.h` and the `RESOLVE_*` flags of `linux/openat2.h`.
final class OpenFlags {

  static final int READ_ONLY = 0;
  static final int READ_WRITE = 2;
  static final int CREATE = 0100;
  static final int EXCLUSIVE = 0200;
  static final int NO_TERMINAL = 0400;
  static final int NON_BLOCKING = 04000;
  static final int NO_ATIME = 01000000;
  static final int CLOSE_ON_EXEC = 02000000;

  /// `O_DIRECTORY`; aarch64 has its own (arch/arm64/include/uapi/asm/fcntl.h).
  static final int DIRECTORY = SystemCall.isAarch64() ? 040000 : 0200000;

  /// `O_NOFOLLOW`; aarch64 has its own.
  static final int NO_FOLLOW = SystemCall.isAarch64() ? 0100000 : 0400000;

  /// `O_TMPFILE`, which includes `O_DIRECTORY`.
  static final int UNNAMED = 020000000 | DIRECTORY;

  static final long RESOLVE_NO_XDEV = 0x01;
  static final long RESOLVE_NO_MAGICLINKS = 0x02;
  static final long RESOLVE_NO_SYMLINKS = 0x04;
  static final long RESOLVE_BENEATH = 0x08;

  private OpenFlags() {}
}
