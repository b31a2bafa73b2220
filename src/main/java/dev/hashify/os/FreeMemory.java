package dev.hashify.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether what is read pushes something else out of memory.
public final class FreeMemory {

  /// What the kernel says if it does not say: little.
  private static final long UNKNOWN_BYTES = 256L << 20;

  /// Memory is short if less than one part in so many is free: the kernel keeps some percent free
  /// for itself, and below that whatever comes in pushes something out.
  private static final long SHORT_SHARE = 16;

  private FreeMemory() {}

  /// What programs could get without anybody being pushed out to swap, most of it the page cache;
  /// `MemAvailable` of proc(5).
  public static long availableBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException _) {
      // No /proc: as if it did not say.
    }
    return UNKNOWN_BYTES;
  }

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
