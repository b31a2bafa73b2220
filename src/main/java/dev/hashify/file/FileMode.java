package dev.hashify.file;

/// The bits of `st_mode`, from `linux/stat.h`.
public final class FileMode {

  /// `S_IFMT`.
  public static final int TYPE_MASK = 0170000;

  /// `S_IFREG`.
  public static final int REGULAR = 0100000;

  /// `S_IFDIR`.
  public static final int DIRECTORY = 0040000;

  /// `S_IFLNK`.
  public static final int SYMLINK = 0120000;

  /// `S_ISUID`.
  public static final int SET_UID = 04000;

  /// `S_ISGID`.
  public static final int SET_GID = 02000;

  /// Everything but the type.
  public static final int PERMISSION_MASK = 07777;

  private FileMode() {}

  public static boolean isRegular(int mode) {
    return (mode & TYPE_MASK) == REGULAR;
  }

  public static boolean isDirectory(int mode) {
    return (mode & TYPE_MASK) == DIRECTORY;
  }

  /// Whether running the file would give somebody else's rights.
  public static boolean isSetId(int mode) {
    return (mode & (SET_UID | SET_GID)) != 0;
  }
}
