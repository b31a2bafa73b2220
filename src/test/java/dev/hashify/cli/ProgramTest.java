package dev.hashify.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The program as a process: what no test inside one JVM can see.
class ProgramTest {

  private static ProcessBuilder java(Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static String read(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void versionIsTheSameWithAndWithoutPicocli() throws IOException {
    String alone = read(java(Main.class, List.of(), "--version").start().getInputStream());
    String parsed = new Terminal().type("-V").out();
    assertEquals(parsed, alone);
    assertTrue(alone.matches("hashify [0-9]+\\.[0-9]+\\.[0-9]+\\R"), alone);
  }

  @Test
  void versionAloneLoadsNoPicocli() throws IOException {
    Process process = java(Main.class, List.of("-verbose:class"), "--version").start();
    String loaded = read(process.getInputStream());
    assertTrue(loaded.contains("dev.hashify.cli.Version"));
    assertTrue(loaded.lines().noneMatch(line -> line.contains("picocli")), "picocli was loaded");
  }

  /// The package description says what that costs.
  @Test
  void commandIsParsedWithoutReflection() throws IOException {
    List<String> log = List.of("-Xlog:class+init=info");
    Process process = java(Main.class, log, "rules", "--exclude", "/x", "/x").start();
    List<String> classes =
        read(process.getInputStream())
            .lines()
            .filter(line -> line.contains("Initializing"))
            .toList();
    assertTrue(classes.stream().anyMatch(line -> line.contains("picocli/CommandLine$Model")));
    for (String reflective : List.of("$DefaultFactory'", "$FieldBinding", "/$Proxy")) {
      assertEquals(
          List.of(),
          classes.stream()
              .filter(line -> line.contains("picocli/") || line.contains("jdk/proxy"))
              .filter(line -> line.contains(reflective))
              .toList());
    }
  }

  /// The shell makes the bytes: this JVM could not pass them on.
  @Test
  void nameThatIsNotUtf8ComesThroughInTheCLocale() throws IOException {
    String java =
        String.join(" ", java(Main.class, List.of(), "rules", "--no-default-rules").command());
    var shell = new ProcessBuilder("sh", "-c", java + " \"$(printf '/\\377\\303\\251')\"");
    shell.environment().put("LC_ALL", "C");
    assertEquals("::\tincluded by default\t/\\xff\u00e9\n", read(shell.start().getInputStream()));
  }

  @Test
  void readerThatGoesAwayIsNoError() throws IOException, InterruptedException {
    String java = String.join(" ", java(Main.class, List.of(), "unify", "--help").command());
    var shell =
        new ProcessBuilder("sh", "-c", "{ sleep 1; " + java + "; echo $? >&2; } | true")
            .redirectErrorStream(false);
    Process process = shell.start();
    assertEquals("0\n", read(process.getErrorStream()));
    process.waitFor();
  }

  @Test
  void fullDiskUnderStandardOutputIsTold() throws IOException {
    String java = String.join(" ", java(Main.class, List.of(), "unify", "--help").command());
    var shell = new ProcessBuilder("sh", "-c", java + " >/dev/full; echo $? >&2");
    assertTrue(
        read(shell.start().getErrorStream())
            .matches("hashify: standard output: not written to its end: .*\\R3\\R"));
  }

  /// A program whose run waits to be stopped; with an argument it does not listen.
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) {
      var fake = new FakeOperations();
      var interruption = new Interruption(Signals::tell, Runtime.getRuntime()::halt);
      fake.script =
          listener -> {
            System.out.println("running");
            while (arguments.length > 0 || !interruption.begin().isRequested()) {
              TimeUnit.MILLISECONDS.sleep(10);
            }
          };
      fake.runReport =
          dev.hashify.report.Runs.run(
              dev.hashify.report.RunMode.REAL,
              dev.hashify.report.Runs.COUNTS,
              dev.hashify.report.Runs.End.INTERRUPTED,
              List.of());
      var outside =
          new Surroundings(
              new PrintWriter(System.out, false, StandardCharsets.UTF_8),
              new PrintWriter(System.err, false, StandardCharsets.UTF_8),
              Screen.fixed(Screen.Kind.PIPE, 80),
              _ -> fake,
              System::nanoTime,
              new DefaultRules(Optional.empty()),
              new RealPulse(),
              interruption);
      List<byte[]> typed = List.of(ArgumentText.bytes("unify"), ArgumentText.bytes("/srv/a"));
      System.exit(new Session(outside).run(typed).number());
    }
  }

  private static void send(String signal, Process process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  private static Process startWaiting(String... arguments) throws IOException {
    Process process = java(Waiting.class, List.of(), arguments).start();
    var text = new StringBuilder();
    while (text.indexOf("running") < 0) {
      int next = process.getInputStream().read();
      assertTrue(next >= 0, "it ended: " + text);
      text.append((char) next);
    }
    return process;
  }

  @Test
  void signalLetsTheRunTellItsSummary() throws IOException, InterruptedException {
    Process process = startWaiting();
    send("TERM", process);
    String out = read(process.getInputStream());
    assertEquals(143, process.waitFor());
    assertTrue(out.endsWith("; interrupted, the rest is as it was\n"), out);
  }

  @Test
  void signalThatAsksIsAnsweredAndDoesNotEndTheRun() throws IOException, InterruptedException {
    Process process = startWaiting();
    send("USR1", process);
    var answer =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    assertTrue(answer.readLine().matches("hashify: running for .* s: nothing begun yet"));
    assertTrue(process.isAlive());
    send("TERM", process);
    assertEquals(143, process.waitFor());
  }

  @Test
  void secondSignalDoesNotWait() throws IOException, InterruptedException {
    Process process = startWaiting("deaf");
    // Not INT: what a shell starts in the background inherits that it is ignored.
    send("TERM", process);
    // Two signals at once would be one.
    assertTrue(!process.waitFor(300, TimeUnit.MILLISECONDS));
    send("TERM", process);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it did not listen");
    assertEquals(143, process.exitValue());
  }
}
