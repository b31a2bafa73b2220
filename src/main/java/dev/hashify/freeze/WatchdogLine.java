package dev.hashify.freeze;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Our end of the line to the [Watchdog], and its life: it ends when this is closed or we die.
public final class WatchdogLine implements AutoCloseable {

  private final Process process;
  private final Writer out;

  private WatchdogLine(Process process) {
    this.process = process;
    this.out = process.outputWriter(StandardCharsets.UTF_8);
  }

  /// Starts the watchdog and waits until it watches: some tenths of a second.
  ///
  /// @throws IOException if it cannot be started; nothing may be frozen then
  public static WatchdogLine start() throws IOException {
    return start(List.of());
  }

  /// @param more options for its Java machine
  static WatchdogLine start(List<String> more) throws IOException {
    var command =
        new java.util.ArrayList<String>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx16m",
                "--enable-native-access=ALL-UNNAMED"));
    command.addAll(more);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Watchdog.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var line = new WatchdogLine(process);
    try (var answer =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      if (!"ready".equals(answer.readLine())) {
        line.hangUp();
        throw new IOException("the watchdog that thaws ended at once");
      }
    }
    return line;
  }

  /// Its process id.
  public long id() {
    return process.pid();
  }

  /// Says what is about to be frozen.
  ///
  /// @throws IOException if the watchdog is gone: nothing may be frozen
  void announce(List<Cgroup> cgroups, Path record) throws IOException {
    if (!process.isAlive()) {
      throw new IOException("the watchdog that thaws is gone");
    }
    for (var cgroup : cgroups) {
      out.write("cgroup " + cgroup + "\n");
    }
    out.write("record " + record + "\nbegin\n");
    out.flush();
  }

  /// Says that all is thawed.
  void thawed() throws IOException {
    out.write("end\n");
    out.flush();
  }

  @Override
  public void close() {
    hangUp();
  }

  /// Ends its input.
  void hangUp() {
    try {
      out.close();
    } catch (IOException _) {
      // It is gone already.
    }
  }
}
