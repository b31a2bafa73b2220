package dev.hashify.os;

/// The system calls in use, with their numbers.
///
/// x86-64 numbers are those of `arch/x86/entry/syscalls/syscall_64.tbl`, aarch64 numbers those of
/// `include/uapi/asm-generic/unistd.h`.
public enum SystemCall {
  CLOSE(3, 57),
  COPY_FILE_RANGE(326, 285),
  FADVISE64(221, 223),
  FCHMOD(91, 52),
  FCHOWN(93, 55),
  FCNTL(72, 25),
  FGETXATTR(193, 10),
  FLISTXATTR(196, 13),
  FSETXATTR(190, 7),
  FSTATFS(138, 44),
  FSYNC(74, 82),
  FTRUNCATE(77, 46),
  GETDENTS64(217, 61),
  GETEUID(107, 175),
  IOCTL(16, 29),
  IOPRIO_GET(252, 31),
  IOPRIO_SET(251, 30),
  LINKAT(265, 37),
  LSEEK(8, 62),
  MKDIRAT(258, 34),
  OPENAT(257, 56),
  OPENAT2(437, 437),
  PREAD64(17, 67),
  PREADV2(327, 286),
  PRLIMIT64(302, 261),
  PWRITE64(18, 68),
  READLINKAT(267, 78),
  RENAMEAT2(316, 276),
  RT_SIGACTION(13, 134),
  SETSID(112, 157),
  STATX(332, 291),
  SYNCFS(306, 267),
  SYSINFO(99, 179),
  TRUNCATE(76, 45),
  UNLINKAT(263, 35),
  UTIMENSAT(280, 88);

  private static final boolean AARCH64 = isAarch64();

  private final int x86Number;
  private final int aarch64Number;

  SystemCall(int x86Number, int aarch64Number) {
    this.x86Number = x86Number;
    this.aarch64Number = aarch64Number;
  }

  /// The number on this machine.
  int number() {
    return AARCH64 ? aarch64Number : x86Number;
  }

  /// `openat2`, as in the manual pages.
  public String manualName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static boolean isAarch64() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }

  static boolean isSupportedMachine() {
    String machine = System.getProperty("os.arch", "");
    return System.getProperty("os.name", "").equals("Linux")
        && (machine.equals("amd64") || machine.equals("x86_64") || machine.equals("aarch64"));
  }
}
