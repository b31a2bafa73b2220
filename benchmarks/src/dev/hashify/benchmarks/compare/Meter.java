package dev.hashify.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs a command and says what it cost, to the last byte it read before it ended.
///
/// The command is started by a shell that ends before it begins. Started from here directly, it
/// would begin its life in a copy of this machine's memory, and the kernel would book that as its
/// peak. Two small programs, `timeout` and another shell, are in the time that is measured;
/// [#startSeconds] says how much that is.
final class Meter {

  /// Starts the command but holds it until standard input ends, which is when the shell is gone: a
  /// command that ended earlier would be the shell's to wait for, not ours.
  private static final String START =
      """
      o=$1 e=$2
      shift 2
      exec 3<&0
      { read -r _; exec "$@" </dev/null; } <&3 3<&- >"$o" 2>"$e" &
      echo $!
      """;

  /// What `timeout(1)` ends with when it had to stop the command.
  static final int STOPPED = 124;

  private final AtomicInteger running = new AtomicInteger();

  private Meter() {}

  /// Makes this process the one that orphans below it come to, for good.
  static Meter start() throws IOException {
    ProcessEnd.takeOrphans();
    Meter meter = new Meter();
    Runtime.getRuntime().addShutdownHook(new Thread(meter::stopWhatRuns, "stop-what-runs"));
    return meter;
  }

  private void stopWhatRuns() {
    int pid = running.get();
    if (pid > 0) {
      ProcessHandle.of(pid)
          .ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
          });
    }
  }

  /// Runs `shellText` by `sh -c`, with standard output and error in these files; the working
  /// directory is that of `output`.
  ///
  /// @param limitSeconds after so long it is stopped, and its exit code is [#STOPPED]
  Measurement run(String shellText, Path output, Path errors, int limitSeconds) throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                "sh",
                "-c",
                START,
                "sh",
                output.toString(),
                errors.toString(),
                "timeout",
                "--kill-after=5",
                Integer.toString(limitSeconds),
                "sh",
                "-c",
                shellText));
    builder.environment().put("LC_ALL", "C.UTF-8");
    // Some programs leave a file where they stand.
    builder.directory(output.resolveSibling(".").toFile());
    Process shell = builder.start();
    int pid = startedBy(shell);
    running.set(pid);
    long startNanos = System.nanoTime();
    shell.getOutputStream().close();
    ProcessEnd.await(pid);
    double wallSeconds = (System.nanoTime() - startNanos) / 1e9;
    List<String> io = Files.readAllLines(Path.of("/proc", Integer.toString(pid), "io"));
    running.set(0);
    ProcessEnd.Usage usage = ProcessEnd.reap(pid);
    return new Measurement(
        wallSeconds,
        usage.cpuSeconds(),
        usage.peakMemoryKiB() * 1024,
        figure(io, "rchar: "),
        figure(io, "read_bytes: "),
        usage.exitCode());
  }

  private static int startedBy(Process shell) throws IOException {
    try (BufferedReader reader = shell.inputReader()) {
      String pid = reader.readLine();
      shell.waitFor();
      if (pid == null) {
        throw new IOException("the shell started nothing");
      }
      return Integer.parseInt(pid);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  private static long figure(List<String> lines, String label) throws IOException {
    for (String line : lines) {
      if (line.startsWith(label)) {
        return Long.parseLong(line.substring(label.length()));
      }
    }
    throw new IOException("/proc/PID/io has no line " + label);
  }

  /// The median time of a command that does nothing: what every measurement has too much.
  double startSeconds(Path scratch) throws IOException {
    double[] seconds = new double[9];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = run("exec true", scratch, scratch, 60).wallSeconds();
    }
    return Samples.of(seconds).median();
  }
}
