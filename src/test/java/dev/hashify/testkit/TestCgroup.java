package dev.hashify.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A cgroup of version 2 for one test; closing it thaws it, ends what is in it and removes it.
public final class TestCgroup implements AutoCloseable {

  private static final AtomicInteger NEXT = new AtomicInteger();

  private final Path directory;

  private TestCgroup(Path directory) {
    this.directory = directory;
  }

  /// Makes one at the top of the hierarchy. Without one the test is skipped, unless all file
  /// systems are required: then it fails.
  public static TestCgroup make() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      if (line.contains(" - cgroup2 ")) {
        Path mount = Path.of(line.split(" ", 6)[4]);
        String name =
            "hashify-test-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet();
        return new TestCgroup(Files.createDirectory(mount.resolve(name)));
      }
    }
    if (System.getenv("HASHIFY_REQUIRE_FILESYSTEMS") != null) {
      throw new IOException("no cgroup version 2 is mounted");
    }
    return abort("no cgroup version 2 is mounted");
  }

  public Path directory() {
    return directory;
  }

  /// Moves a process into it.
  public void add(long process) throws IOException {
    write("cgroup.procs", Long.toString(process));
  }

  public boolean isFrozen() throws IOException {
    return Files.readString(directory.resolve("cgroup.events")).contains("frozen 1");
  }

  private void write(String file, String text) throws IOException {
    Files.write(
        directory.resolve(file),
        text.getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.WRITE);
  }

  @Override
  public void close() throws IOException {
    write("cgroup.freeze", "0");
    write("cgroup.kill", "1");
    for (int i = 0; i < 2000 && !isEmpty(); i++) {
      LockSupport.parkNanos(1_000_000);
    }
    Files.delete(directory);
  }

  private boolean isEmpty() throws IOException {
    return Files.readString(directory.resolve("cgroup.events")).contains("populated 0");
  }
}
