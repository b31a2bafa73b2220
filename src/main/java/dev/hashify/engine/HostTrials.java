package dev.hashify.engine;

import dev.hashify.freeze.CgroupTree;
import dev.hashify.report.ProbeReport.Answer;
import dev.hashify.report.ProbeReport.Mechanism;
import dev.hashify.report.ProbeReport.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What depends on the host and not on a file system. Nothing is mounted or frozen to find out.
final class HostTrials {

  private static final Path FILE_SYSTEMS = Path.of("/proc/filesystems");
  private static final Path OVERLAY_SETTINGS = Path.of("/sys/module/overlay/parameters");

  private HostTrials() {}

  static List<Trial> all() {
    return List.of(overlay(), freeze());
  }

  private static Trial overlay() {
    try {
      boolean isThere =
          Files.readAllLines(FILE_SYSTEMS).stream().anyMatch(line -> line.endsWith("\toverlay"));
      if (!isThere) {
        return new Trial(
            Mechanism.OVERLAY, Answer.UNKNOWN, "the kernel has not loaded it: modprobe overlay");
      }
      List<String> settings = new ArrayList<>();
      for (String name : List.of("index", "nfs_export")) {
        Path file = OVERLAY_SETTINGS.resolve(name);
        String value = Files.isReadable(file) ? Files.readString(file).strip() : "unknown";
        settings.add(name + " " + onOff(value));
      }
      return new Trial(
          Mechanism.OVERLAY,
          Answer.YES,
          "the kernel has it, not tried; by default "
              + String.join(", ", settings)
              + " (both must be off where files of one layer share)");
    } catch (IOException failed) {
      return new Trial(Mechanism.OVERLAY, Answer.UNKNOWN, "not found out: " + failed.getMessage());
    }
  }

  private static String onOff(String value) {
    return switch (value) {
      case "Y" -> "on";
      case "N" -> "off";
      default -> value;
    };
  }

  private static Trial freeze() {
    Optional<CgroupTree> tree = CgroupTree.find();
    if (tree.isEmpty()) {
      return new Trial(Mechanism.FREEZE, Answer.NO, "no cgroup version 2 is mounted");
    }
    if (!tree.get().knowsFreezing()) {
      return new Trial(
          Mechanism.FREEZE, Answer.NO, tree.get().mount() + " has no cgroup.freeze (Linux 5.2)");
    }
    String own = tree.get().own().map(Path::toString).orElse("not found");
    return new Trial(
        Mechanism.FREEZE,
        Answer.YES,
        "cgroup version 2 at " + tree.get().mount() + "; never frozen is our own, " + own);
  }
}
