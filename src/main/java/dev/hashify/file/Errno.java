package dev.hashify.file;

/// The errors of Linux system calls that this program tells apart or names, with the numbers of
/// `asm-generic/errno-base.h` and `asm-generic/errno.h` (the same on x86-64 and aarch64).
public enum Errno {
  EPERM(1, "operation not permitted"),
  ENOENT(2, "no such file or directory"),
  EINTR(4, "interrupted"),
  EIO(5, "input/output error"),
  ENXIO(6, "no such device or address"),
  EBADF(9, "bad file descriptor"),
  EAGAIN(11, "resource temporarily unavailable"),
  ENOMEM(12, "cannot allocate memory"),
  EACCES(13, "permission denied"),
  EFAULT(14, "bad address"),
  EBUSY(16, "device or resource busy"),
  EEXIST(17, "file exists"),
  EXDEV(18, "on another file system or mount"),
  ENODEV(19, "no such device"),
  ENOTDIR(20, "not a directory"),
  EISDIR(21, "is a directory"),
  EINVAL(22, "invalid argument"),
  ENFILE(23, "too many open files in the system"),
  EMFILE(24, "too many open files"),
  ENOTTY(25, "not supported by this file system"),
  ETXTBSY(26, "text file busy"),
  EFBIG(27, "file too large"),
  ENOSPC(28, "no space left on device"),
  ESPIPE(29, "illegal seek"),
  EROFS(30, "read-only file system"),
  EMLINK(31, "too many links"),
  ERANGE(34, "result too large"),
  ENAMETOOLONG(36, "file name too long"),
  ENOSYS(38, "not implemented by this kernel"),
  ENOTEMPTY(39, "directory not empty"),
  ELOOP(40, "a symbolic link is in the way"),
  ENODATA(61, "no such attribute"),
  EOVERFLOW(75, "value too large"),
  EOPNOTSUPP(95, "not supported by this file system"),
  ESTALE(116, "stale file handle"),
  EDQUOT(122, "disk quota exceeded"),
  /// Any number not listed here.
  OTHER(0, "unknown error");

  private static final Errno[] BY_NUMBER = new Errno[134];

  static {
    for (var errno : values()) {
      BY_NUMBER[errno.number] = errno;
    }
  }

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  public int number() {
    return number;
  }

  /// The constant for `number`; [#OTHER] if it is not listed.
  public static Errno of(int number) {
    Errno known = number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    return known == null ? OTHER : known;
  }

  /// `permission denied (EACCES)`.
  public String display() {
    return text + " (" + name() + ")";
  }
}
