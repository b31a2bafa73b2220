package dev.hashify.engine;

import dev.hashify.report.RunMode;
import dev.hashify.report.RunReport;
import dev.hashify.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A run in a JVM of its own, with the flags of the launcher, that says what it took.
final class MeasuredRun {

  private MeasuredRun() {}

  /// What a run took.
  ///
  /// @param found paths of files
  /// @param shared paths shared by it
  /// @param bytesRead bytes of content
  /// @param problems how many
  /// @param millis from the start of the run, without the JVM's own
  /// @param peakKibibytes the most memory the process ever had, mapped files included
  record Figures(
      long found, long shared, long bytesRead, long problems, long millis, long peakKibibytes) {

    static Figures parse(String line) {
      long[] all = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
      return new Figures(all[0], all[1], all[2], all[3], all[4], all[5]);
    }
  }

  static Figures of(RunMode mode, Path store, List<Path> roots) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredRun.class.getName(),
                mode.name(),
                store.toString()));
    roots.forEach(root -> command.add(root.toString()));
    return Figures.parse(Command.run(command.toArray(String[]::new)).strip());
  }

  /// Runs without a guard and prints one line of figures.
  ///
  /// @param arguments the mode, the store, the roots
  public static void main(String[] arguments) throws Exception {
    List<Path> roots = Arrays.stream(arguments).skip(2).map(Path::of).toList();
    RunReport report =
        new Runs(GuardChoice.NONE, Path.of(arguments[1]), Set.of())
            .unify(RunMode.valueOf(arguments[0]), roots);
    var counts = report.counts();
    System.out.println(
        counts.found()
            + " "
            + counts.shared()
            + " "
            + counts.bytesRead()
            + " "
            + counts.problems()
            + " "
            + report.elapsed().toMillis()
            + " "
            + peakKibibytes());
  }

  private static long peakKibibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmHWM in /proc/self/status");
  }
}
