package dev.hashify.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A JVM of its own that uses an index: to be killed, or started with other options.
final class IndexChild {

  static final int RECORDS_PER_BATCH = 300;

  private IndexChild() {}

  public static void main(String[] arguments) throws Exception {
    var parent = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "write" -> writeForEver(parent.resolve("index"));
      case "open" -> openTheOnlyDirectoryIn(parent);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /// Writes batch after batch and prints the number of each that is written.
  private static void writeForEver(Path directory) throws IndexException {
    var index = LmdbIndex.open(directory, Access.READ_WRITE).index();
    for (int batch = 0; ; batch++) {
      var changes = new IndexChanges();
      for (int i = 0; i < RECORDS_PER_BATCH; i++) {
        long inode = (long) batch * RECORDS_PER_BATCH + i;
        changes.putDirectory(1, inode, IndexContract.record(inode));
        changes.putObject(IndexContract.object(1, inode, batch));
      }
      changes.putMeta("batch", ByteBuffer.allocate(4).putInt(batch).array());
      index.write(changes);
      System.out.println(batch);
    }
  }

  /// The directory is found by listing, because an argument loses bytes in the C locale.
  private static void openTheOnlyDirectoryIn(Path parent) throws IOException {
    try (var paths = Files.list(parent)) {
      var opened = LmdbIndex.open(paths.findFirst().orElseThrow(), Access.READ_WRITE);
      opened.index().close();
      System.out.println("opened");
    } catch (IndexException e) {
      System.out.println(e.getMessage());
    }
  }

  static ProcessBuilder command(List<String> options, String what, Path parent) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Collections.addAll(
        command,
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Xmx128m");
    command.addAll(options);
    var classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Collections.addAll(
        command, "-cp", classPath, IndexChild.class.getName(), what, parent.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
