package dev.hashify.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Commands that are not measured: those that make trees, mount volumes and ask for versions.
final class Shell {

  private Shell() {}

  /// Runs `command` with its messages on this program's standard error.
  ///
  /// @throws IOException if it cannot be started or does not end with 0
  static void run(String... command) throws IOException {
    int code = finish(quiet(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    if (code != 0) {
      throw new IOException(String.join(" ", command) + ": exit " + code);
    }
  }

  /// Runs `command` and keeps what it prints in `log`, which its failure points to.
  static void runLogged(Path log, String... command) throws IOException {
    var builder = quiet(command).redirectErrorStream(true);
    int code =
        finish(builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
    if (code != 0) {
      throw new IOException(String.join(" ", command) + ": exit " + code + "; see " + log);
    }
  }

  /// What `command` prints, messages too, and whether it ended well or not; empty if it is missing.
  static String ask(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      finish(process);
      return text;
    } catch (IOException _) {
      return "";
    }
  }

  private static ProcessBuilder quiet(String... command) {
    var builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private static int finish(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  /// `word` as one word of a shell, whatever is in it.
  static String quote(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  static String quoteAll(List<Path> paths) {
    return paths.stream().map(path -> quote(path.toString())).collect(Collectors.joining(" "));
  }
}
