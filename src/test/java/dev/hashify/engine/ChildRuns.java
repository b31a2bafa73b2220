package dev.hashify.engine;

import dev.hashify.cli.Main;
import dev.hashify.testkit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program in a process of its own, for what the tests' own process is not: somebody else.
final class ChildRuns {

  private ChildRuns() {}

  /// Runs it behind `prefix`, a program that becomes somebody else first.
  ///
  /// @param arguments those of the command line
  /// @return its exit code, and what it wrote
  static Command.Result run(List<String> prefix, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:-UsePerfData"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(arguments);
    return Command.attempt(command);
  }
}
