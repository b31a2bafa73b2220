package dev.hashify.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place to type commands into, with a clock that moves when it is told to.
final class Terminal {

  final FakeOperations operations = new FakeOperations();
  final List<Integer> halts = new ArrayList<>();
  final Interruption interruption = new Interruption(_ -> {}, halts::add);
  final HandPulse pulse = new HandPulse();
  long nanos;
  DefaultRules defaultRules = new DefaultRules(Optional.empty());
  Screen screen = Screen.fixed(Screen.Kind.PIPE, 80);

  private @Nullable StringWriter err;

  /// A pulse that beats when it is told to.
  static final class HandPulse implements Pulse {
    long pauseMillis;
    Runnable tick = HandPulse::nothing;
    Runnable asked = HandPulse::nothing;
    boolean isBeating;

    @Override
    public Beating start(long pause, Runnable onTick, Runnable onAsked) {
      pauseMillis = pause;
      tick = onTick;
      asked = onAsked;
      isBeating = true;
      return () -> isBeating = false;
    }

    private static void nothing() {}
  }

  /// Lets time go on to `nanosNow`, with a tick for each pause in it.
  void passTo(long nanosNow) {
    long pause = pulse.pauseMillis * 1_000_000;
    while (pause > 0 && nanos / pause < nanosNow / pause) {
      nanos = (nanos / pause + 1) * pause;
      pulse.tick.run();
    }
    nanos = nanosNow;
  }

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
        defaultRules,
        pulse,
        interruption);
  }

  /// What standard error holds so far, during a command.
  String errSoFar() {
    return String.valueOf(err);
  }
}
