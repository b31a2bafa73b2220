package dev.hashify.cli;

import dev.hashify.engine.LocalOperations;

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
    System.exit(Program.run(arguments));
  }

  /// Kept apart so that [Main] can be loaded without what it names.
  private static final class Program {

    static int run(String[] arguments) {
      try (var streams = new StandardStreams()) {
        var outside =
            new Surroundings(
                streams.out(),
                streams.err(),
                Screen.ofStandardError(),
                LocalOperations::new,
                System::nanoTime,
                new Interruption(Signals::tell, Runtime.getRuntime()::halt));
        ExitCode code = new Session(outside).run(RawArguments.of(arguments));
        return streams.finish(code).number();
      }
    }
  }
}
