package dev.hashify.cli;

import dev.hashify.engine.LocalOperations;
import java.util.Arrays;
import java.util.List;

/// The program.
public final class Main {

  private Main() {}

  /// Runs the program and ends the JVM with an [ExitCode].
  public static void main(String[] arguments) {
    // Nothing else is loaded for this: it is asked by scripts, often.
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println(Version.line());
      return;
    }
    int code = Program.run(arguments);
    // Calling exit loads the logging of the JDK; where it is not needed, it is left out.
    if (code != 0) {
      System.exit(code);
    }
  }

  /// Kept apart so that [Main] can be loaded without what it names.
  static final class Program {

    private Program() {}

    /// A guess: what is bound too early or too late costs time and nothing else.
    private static LocalOperations.Needs needs(String[] arguments) {
      List<String> all = Arrays.asList(arguments);
      if (all.size() < 2 || all.contains("--help") || all.getFirst().equals("rules")) {
        return LocalOperations.Needs.NOTHING;
      }
      return all.contains("-n") || all.contains("--dry-run")
          ? LocalOperations.Needs.SYSTEM_CALLS
          : LocalOperations.Needs.SYSTEM_CALLS_AND_INDEX;
    }

    /// Returns the number of the exit code.
    static int run(String[] arguments) {
      LocalOperations.prepare(needs(arguments));
      // No option takes a time or the like, for which picocli would look for methods in the JDK.
      System.setProperty("picocli.converters.excludes", ".*");
      try (var streams = new StandardStreams()) {
        var outside =
            new Surroundings(
                streams.out(),
                streams.err(),
                Screen.ofStandardError(),
                LocalOperations::new,
                System::nanoTime,
                DefaultRules.told(),
                new RealPulse(),
                new Interruption(Signals::tell, Runtime.getRuntime()::halt));
        ExitCode code = new Session(outside).run(RawArguments.of(arguments));
        return streams.finish(code).number();
      }
    }
  }
}
