package dev.hashify.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs external programs.
public final class Command {

  private Command() {}

  /// How a program ended.
  ///
  /// @param output standard output and error, in the order they came
  public record Result(int exitCode, String output) {}

  /// Runs a program and returns what it wrote.
  ///
  /// @throws IOException with its output if it failed
  public static String run(String... command) throws IOException {
    Result result = attempt(List.of(command));
    if (result.exitCode() != 0) {
      throw new IOException(
          String.join(" ", command) + ": exit " + result.exitCode() + "\n" + result.output());
    }
    return result.output();
  }

  /// Runs a program that may fail.
  public static Result attempt(String... command) throws IOException {
    return attempt(List.of(command));
  }

  /// Runs a program that may fail.
  public static Result attempt(List<String> command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(waitFor(process), output);
  }

  /// Waits for a program to end.
  public static int waitFor(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new InterruptedIOException("waiting for " + process.pid());
    }
  }
}
