package dev.hashify.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place to type commands into, with a clock that moves when it is told to.
final class Terminal {

  final FakeOperations operations = new FakeOperations();
  final List<Integer> halts = new ArrayList<>();
  final Interruption interruption = new Interruption(_ -> {}, halts::add);
  long nanos;
  Screen screen = new Screen(Screen.Kind.PIPE, 80);

  private @Nullable StringWriter err;

  /// What a command said and how it ended.
  record Outcome(ExitCode code, String out, String err) {
    List<String> outLines() {
      return out.lines().toList();
    }

    List<String> errLines() {
      return err.lines().toList();
    }
  }

  Outcome type(String... arguments) {
    return type(
        Arrays.stream(arguments).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  Outcome type(List<byte[]> arguments) {
    var out = new StringWriter();
    var errors = new StringWriter();
    err = errors;
    ExitCode code = new Session(surroundings(out, errors)).run(arguments);
    return new Outcome(code, out.toString(), errors.toString());
  }

  Surroundings surroundings(StringWriter out, StringWriter errors) {
    return new Surroundings(
        new PrintWriter(out),
        new PrintWriter(errors),
        screen,
        _ -> operations,
        () -> nanos,
        interruption);
  }

  /// What standard error holds so far, during a command.
  String errSoFar() {
    return String.valueOf(err);
  }
}
