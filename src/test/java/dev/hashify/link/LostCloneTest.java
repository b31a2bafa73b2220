package dev.hashify.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.link.Cloner.Answer;
import dev.hashify.link.Cloner.Clonable;
import dev.hashify.os.CloneCalls.Placing;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.OpenFile;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Lets a file share its blocks again and again, as keeper and as duplicate, while another process
/// writes it in every way there is.
///
/// The kernel compares and shares under its own locks, so nothing may ever be lost, and no write
/// may show in the other file.
class LostCloneTest {

  private static final long DURATION_NANOS =
      Long.getLong("hashify.stressSeconds", 4) * 1_000_000_000L;

  static Stream<TestVolume> volumes() {
    return Stream.of(TestVolume.xfs(), TestVolume.btrfs());
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void writesOfARunningProgramAreNeverLost(TestVolume volume) throws Exception {
    try (var tree = volume.tree()) {
      tree.directory("root").bytes("root/hot", HotFileWriter.content(0));
      var stress = new Stress(tree);
      HotFileWriter.Count writer = stress.run();
      System.out.println(volume + ", reflinks: " + writer + " " + stress);
      assertTrue(stress.shared > 0, stress::toString);
      assertEquals(0, writer.lost(), () -> writer + " " + stress);
      assertEquals(0, writer.hidden(), () -> writer + " " + stress);
      assertEquals(0, stress.leaked, stress::toString);
      // What the kernel says of a file that is shorter than what is to be compared.
      assertEquals(Set.of(), stress.failures, stress::toString);
    }
  }

  /// The sharing side:
  ///
  /// ```
  /// root/hot       what the writer writes
  /// root/twin      a copy of it that nobody else writes, made anew for each attempt
  /// ```
  private static final class Stress {
    private final Tree tree;
    private long attempts;
    private long shared;
    private long different;
    private long truncated;
    private final Set<String> failures = new TreeSet<>();

    /// Twins that did not read as they were written.
    private long leaked;

    Stress(Tree tree) {
      this.tree = tree;
    }

    HotFileWriter.Count run() throws Exception {
      Process writer = startWriter();
      long end = System.nanoTime() + DURATION_NANOS;
      while (System.nanoTime() < end) {
        attempt();
      }
      writer.getOutputStream().write('\n');
      writer.getOutputStream().close();
      String line = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      writer.waitFor();
      return HotFileWriter.Count.parse(line);
    }

    private Process startWriter() throws IOException {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              HotFileWriter.class.getName(),
              tree.path("root/hot").toString(),
              "1",
              "")
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    }

    private void attempt() throws IOException {
      byte[] content = Files.readAllBytes(tree.path("root/hot"));
      if (content.length != HotFileWriter.SIZE_BYTES) {
        return;
      }
      tree.bytes("root/twin", content);
      attempts++;
      try (var twin = tree.open("root/twin");
          var hot = tree.open("root/hot")) {
        Clonable one = clonable(twin);
        Clonable other = clonable(hot);
        if (other.file().sizeBytes() == content.length) {
          // The file that is written may be the one that is kept as well as the one that changes.
          count(attempts % 2 == 0 ? share(one, other) : share(other, one));
        }
      }
      if (!Arrays.equals(content, Files.readAllBytes(tree.path("root/twin")))) {
        leaked++;
      }
      Files.delete(tree.path("root/twin"));
    }

    private static Clonable clonable(Descriptor file) throws IOException {
      var open = new OpenFile(file, RealLinux.LINUX.stat().of(file));
      return new Clonable(
          open, RealLinux.LINUX.clones().extents(file, open.sizeBytes(), Placing.PLACE_FIRST));
    }

    private static Answer share(Clonable keeper, Clonable duplicate) {
      return new Cloner(RealLinux.LINUX).share(keeper, List.of(duplicate)).getFirst().answer();
    }

    private void count(Answer answer) {
      switch (answer) {
        case Answer.Same _, Answer.Changed _ -> shared++;
        case Answer.Different _ -> different++;
        case Answer.Failed(ErrnoException cause) -> {
          if (cause.is(Errno.EINVAL)) {
            truncated++;
          } else {
            failures.add(cause.why());
          }
        }
      }
    }

    @Override
    public String toString() {
      return "attempts "
          + attempts
          + ", shared "
          + shared
          + ", different "
          + different
          + ", truncated meanwhile "
          + truncated
          + ", written to the twin "
          + leaked;
    }
  }
}
