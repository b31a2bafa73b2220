package dev.hashify.freeze;

import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The program that thaws if whoever froze cannot: a process of its own, told through its input.
///
/// ```
/// cgroup DIRECTORY   is about to be frozen
/// record FILE        says so on disk, to be removed when it has been thawed
/// begin              the freeze begins
/// end                all is thawed, forget it
/// ```
///
/// When its input ends, for whatever reason, or when a freeze lasts too long, it thaws. What was
/// written into a pipe stays in it when the writer is killed, so a cgroup announced before it was
/// frozen cannot be missed. It leaves the terminal's session and ignores the signals that end
/// programs: whoever stops a whole group of processes stops the one that froze, and needs this one.
public final class Watchdog {

  /// SIGHUP, SIGINT, SIGTERM (asm-generic/signal.h).
  private static final int[] IGNORED_SIGNALS = {1, 2, 15};

  /// Milliseconds a freeze may last; a test gives fewer.
  static final String BOUND_PROPERTY = "hashify.freezeMillisMax";

  /// A batch is frozen for some milliseconds. A frozen program misses its own time limits, from a
  /// few seconds on.
  static final Duration BOUND = Duration.ofSeconds(3);

  private final List<Cgroup> cgroups = new ArrayList<>();
  private final List<Path> records = new ArrayList<>();
  private final long boundNanos;
  private boolean frozen;
  private boolean ended;
  private long beganNanos;

  Watchdog(Duration bound) {
    this.boundNanos = bound.toNanos();
  }

  /// Watches until the input ends. Says `ready` on its output once nothing but SIGKILL ends it.
  public static void main(String[] arguments) throws IOException {
    var linux = new Linux(new NativeSystemCalls());
    linux.sessions().leave();
    for (int signal : IGNORED_SIGNALS) {
      linux.sessions().ignore(signal);
    }
    Duration bound = Duration.ofMillis(Long.getLong(BOUND_PROPERTY, BOUND.toMillis()));
    try (OutputStream out = Files.newOutputStream(Path.of("/proc/self/fd/1"))) {
      out.write("ready\n".getBytes(StandardCharsets.US_ASCII));
    }
    try (InputStream in = Files.newInputStream(Path.of("/proc/self/fd/0"))) {
      new Watchdog(bound).watch(in);
    }
  }

  void watch(InputStream input) throws IOException {
    Thread.ofPlatform().name("hashify-watchdog-timer").daemon().start(this::thawLateOnes);
    try (var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        obey(line);
        line = lines.readLine();
      }
    } finally {
      end();
    }
  }

  private synchronized void obey(String line) {
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "cgroup" -> cgroups.add(new Cgroup(Path.of(words[1])));
      case "record" -> records.add(Path.of(words[1]));
      case "begin" -> {
        frozen = true;
        beganNanos = System.nanoTime();
        notifyAll();
      }
      default -> forget();
    }
  }

  private void forget() {
    frozen = false;
    cgroups.clear();
    records.clear();
  }

  private synchronized void end() {
    thaw();
    ended = true;
    notifyAll();
  }

  private void thaw() {
    boolean isDone = true;
    for (var cgroup : cgroups) {
      try {
        cgroup.thaw();
      } catch (IOException _) {
        // The record stays, and the next run tries again.
        isDone = false;
      }
    }
    for (var record : records) {
      try {
        if (isDone) {
          Files.deleteIfExists(record);
        }
      } catch (IOException _) {
        // It names cgroups that are thawed; the next run sees that and removes it.
      }
    }
    forget();
  }

  private synchronized void thawLateOnes() {
    try {
      while (!ended) {
        long left = frozen ? boundNanos - (System.nanoTime() - beganNanos) : Long.MAX_VALUE;
        if (left <= 0) {
          thaw();
        } else {
          wait(Math.clamp(left / 1_000_000, 1, 60_000));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
