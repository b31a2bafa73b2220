package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Whether the kernel still has in memory what a run will read.
enum CacheState {
  WARM,

  /// Needs root.
  COLD;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Brings the machine into this state, if that takes anything.
  void prepare() throws IOException {
    switch (this) {
      case WARM -> {}
      case COLD -> {
        Shell.run("sync");
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3\n");
      }
    }
  }
}
