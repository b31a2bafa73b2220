package dev.hashify.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A small program that does nothing but be somewhere, until it is closed.
public final class Dweller implements AutoCloseable {

  private static final String LIVE =
      "chroot $ARGV[0] or die $!; chdir '/'; print qq(ready\\n); <STDIN>;";

  private static final String WORK = "chdir $ARGV[0] or die $!; print qq(ready\\n); <STDIN>;";

  private static final String READ =
      "open(F, '<', $ARGV[0]) or die $!; print qq(ready\\n); <STDIN>;";

  /// `F_SETLEASE` and `F_WRLCK` (linux/fcntl.h, asm-generic/fcntl.h).
  private static final String LEASE =
      "$SIG{IO} = 'IGNORE'; open(F, '+<', $ARGV[0]) or die $!;"
          + " fcntl(F, 1024, 1) or die $!; print qq(ready\\n); <STDIN>;";

  private final Process process;

  private Dweller(String script, Path where) throws IOException {
    process =
        new ProcessBuilder(List.of("perl", "-e", "$| = 1; " + script, where.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] ready = process.getInputStream().readNBytes("ready\n".length());
    if (!new String(ready, StandardCharsets.US_ASCII).equals("ready\n")) {
      throw new IOException("perl did not start in " + where);
    }
  }

  /// Lives in `root`: it is its root directory. Only for the superuser.
  public static Dweller livingIn(Path root) throws IOException {
    return new Dweller(LIVE, root);
  }

  /// Has `directory` as its working directory.
  public static Dweller workingIn(Path directory) throws IOException {
    return new Dweller(WORK, directory);
  }

  /// Has `file` open.
  public static Dweller reading(Path file) throws IOException {
    return new Dweller(READ, file);
  }

  /// Has `file` open for writing and a write lease on it, which it does not give back when asked.
  public static Dweller leasing(Path file) throws IOException {
    return new Dweller(LEASE, file);
  }

  /// Some that live in `root`.
  public static List<Dweller> livingIn(Path root, int count) throws IOException {
    List<Dweller> dwellers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dwellers.add(livingIn(root));
    }
    return dwellers;
  }

  public int id() {
    return Math.toIntExact(process.pid());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
