package dev.hashify.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The promise of the program as checks; each holds after every run, however it ended.
public final class Invariants {

  private Invariants() {}

  /// Nothing is lost: every path that existed still exists and reads the bytes it had.
  public static void everyPathReadsAsBefore(TreeFingerprint before, TreeFingerprint after) {
    TreeFingerprint.assertReadsAsBefore(before, after);
  }

  /// Nothing visible changes but inode number, link count and ctime, and no name comes or goes.
  public static void nothingVisibleChanged(TreeFingerprint before, TreeFingerprint after) {
    TreeFingerprint.assertSameExceptInodes(before, after);
  }

  /// How many descriptors this JVM has open on files. Those of the JVM's own moving parts (sockets,
  /// pipes, event queues) are not counted, and neither are jars, which class loading opens.
  public static int openDescriptors() throws IOException {
    return openFiles().size();
  }

  /// Fails unless exactly `expected` descriptors are open; the message lists them.
  public static void openDescriptorsReturnTo(int expected) throws IOException {
    List<String> open = openFiles();
    assertEquals(expected, open.size(), () -> String.join("\n", open));
  }

  /// Fails if anything is left in a directory for temporary names; one that is not there is clean.
  public static void noLeftovers(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var entries = Files.newDirectoryStream(directory)) {
      var left = new ArrayList<String>();
      entries.forEach(entry -> left.add(entry.toString()));
      if (!left.isEmpty()) {
        fail("left behind: " + left);
      }
    }
  }

  private static List<String> openFiles() throws IOException {
    List<String> open = new ArrayList<>();
    try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path link : links) {
        try {
          String target = Files.readSymbolicLink(link).toString();
          if (target.startsWith("/")
              && !target.endsWith(".jar")
              && !target.startsWith("/dev/")
              && !target.startsWith("/proc/")) {
            open.add(link.getFileName() + " -> " + target);
          }
        } catch (IOException _) {
          // The descriptor of this very listing, or one closed meanwhile.
        }
      }
    }
    return open;
  }
}
