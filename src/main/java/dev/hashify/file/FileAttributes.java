package dev.hashify.file;

/// The `STATX_ATTR_*` bits of `linux/stat.h` that matter here.
public final class FileAttributes {

  /// `STATX_ATTR_IMMUTABLE`: `chattr +i`.
  public static final int IMMUTABLE = 0x10;

  /// `STATX_ATTR_APPEND`: `chattr +a`.
  public static final int APPEND = 0x20;

  /// `STATX_ATTR_ENCRYPTED`: contents are encrypted by the file system.
  public static final int ENCRYPTED = 0x800;

  /// `STATX_ATTR_MOUNT_ROOT`: something is mounted here.
  public static final int MOUNT_ROOT = 0x2000;

  /// `STATX_ATTR_VERITY`: sealed by fs-verity.
  public static final int VERITY = 0x10_0000;

  private FileAttributes() {}
}
