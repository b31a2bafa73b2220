package dev.hashify.os;

/// Whether what is read pushes something else out of memory.
final class FreeMemory {

  /// Memory is short if less than one part in so many is free: the kernel keeps some percent free
  /// for itself, and below that whatever comes in pushes something out.
  private static final long SHORT_SHARE = 16;

  private FreeMemory() {}

  /// Whether the page cache can only grow at somebody's cost.
  static boolean isShort(Kernel kernel) {
    long at = Memory.ofThread().structure;
    if (kernel.raw(SystemCall.SYSINFO, at, 0, 0, 0, 0) < 0) {
      return true;
    }
    // struct sysinfo: uptime, loads[3], totalram, freeram, all u64 and in the same unit.
    return Memory.getLong(at + 40) < Memory.getLong(at + 32) / SHORT_SHARE;
  }
}
