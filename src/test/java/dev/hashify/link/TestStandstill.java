package dev.hashify.link;

import dev.hashify.testkit.TestCgroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Freezes one cgroup with one program by hand, for tests of what the linker does in between.
final class TestStandstill implements Standstill, AutoCloseable {

  private final TestCgroup cgroup;
  private final Path root;
  private long freezes;
  private long moved;
  private long longestNanos;
  private long totalNanos;

  /// @param root where the program lives
  TestStandstill(Path root) throws IOException {
    this.root = root;
    cgroup = TestCgroup.make();
  }

  /// Waits until the program lives in the root, takes it into the cgroup and lets it go on.
  void hold(Process program) throws IOException {
    byte[] ready = program.getInputStream().readNBytes("ready\n".length());
    if (!new String(ready, StandardCharsets.US_ASCII).equals("ready\n")) {
      throw new IOException("the program did not begin to live in " + root);
    }
    cgroup.add(program.pid());
    program.getOutputStream().write('\n');
    program.getOutputStream().flush();
  }

  @Override
  public Pause begin(Set<Integer> roots) {
    long since = System.nanoTime();
    ask("1");
    boolean isFrozen = awaitFrozen();
    freezes++;
    moved += isFrozen ? 0 : 1;
    return new Pause() {
      @Override
      public Set<Integer> moving() {
        return isFrozen ? Set.of() : roots;
      }

      @Override
      public void close() {
        ask("0");
        long nanos = System.nanoTime() - since;
        totalNanos += nanos;
        longestNanos = Math.max(longestNanos, nanos);
      }
    };
  }

  private void ask(String word) {
    try {
      Files.write(
          cgroup.directory().resolve("cgroup.freeze"),
          word.getBytes(StandardCharsets.US_ASCII),
          StandardOpenOption.WRITE);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private boolean awaitFrozen() {
    try {
      for (int i = 0; i < 20_000; i++) {
        if (cgroup.isFrozen()) {
          return true;
        }
        LockSupport.parkNanos(50_000);
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    return false;
  }

  /// How often the program did not stand still in time.
  long moved() {
    return moved;
  }

  @Override
  public void close() throws IOException {
    cgroup.close();
  }

  @Override
  public String toString() {
    long mean = freezes == 0 ? 0 : totalNanos / freezes / 1000;
    return "freezes " + freezes + ", mean " + mean + " us, longest " + longestNanos / 1000 + " us";
  }
}
