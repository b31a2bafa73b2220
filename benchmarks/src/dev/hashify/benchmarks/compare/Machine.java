package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What a result was measured on.
final class Machine {

  private Machine() {}

  /// Rows of a table: what, and its value.
  static List<List<String>> facts(Path corpora) {
    return List.of(
        List.of("processors", processors()),
        List.of("memory", memory()),
        List.of("kernel", Shell.ask("uname", "-sr").strip()),
        List.of("file system", fileSystem(corpora)),
        List.of(
            "Java",
            System.getProperty("java.vendor.version", "")
                + " "
                + System.getProperty("java.version")),
        List.of("Hashify", Shell.ask("git", "describe", "--always", "--dirty").strip()),
        List.of("load at the start", firstWords(read("/proc/loadavg"), 3)));
  }

  private static String processors() {
    String model =
        read("/proc/cpuinfo")
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown");
    return Runtime.getRuntime().availableProcessors() + " x " + model;
  }

  private static String memory() {
    String kib = firstWords(read("/proc/meminfo").replaceAll("[^0-9]+", " ").strip(), 1);
    return String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kib) / (1024.0 * 1024));
  }

  private static String fileSystem(Path place) {
    return Shell.ask("findmnt", "-n", "-o", "FSTYPE,OPTIONS", "-T", place.toString()).strip();
  }

  /// The code name of the running Debian, or of one that mirrors are sure to have.
  static String debianRelease() {
    return read("/etc/os-release")
        .lines()
        .filter(line -> line.startsWith("VERSION_CODENAME="))
        .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
        .findFirst()
        .orElse("bookworm");
  }

  private static String firstWords(String text, int count) {
    List<String> words = List.of(text.split(" ", count + 1));
    return String.join(" ", words.subList(0, Math.min(count, words.size())));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException _) {
      return "";
    }
  }
}
