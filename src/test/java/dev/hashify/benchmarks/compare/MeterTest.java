package dev.hashify.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterTest {

  @TempDir Path temp;

  private Measurement run(String command, int limitSeconds) throws IOException {
    return Meter.start().run(command, temp.resolve("out"), temp.resolve("err"), limitSeconds);
  }

  @Test
  void whatACommandPrintsReadsAndEndsWithIsKnownAfterItsEnd() throws IOException {
    Path file = Files.write(temp.resolve("file"), new byte[3_000_000]);

    Measurement run = run("cat " + Shell.quote(file.toString()) + "; exit 7", 60);

    assertEquals(7, run.exitCode());
    assertEquals(3_000_000, Files.size(temp.resolve("out")));
    assertTrue(run.readCharacters() >= 3_000_000, () -> "read " + run.readCharacters());
    assertTrue(run.peakMemoryBytes() > 0 && run.peakMemoryBytes() < 30_000_000, run::toString);
  }

  @Test
  void aCommandThatTakesTooLongIsStopped() throws IOException {
    assertEquals(Meter.STOPPED, run("exec sleep 60", 1).exitCode());
  }

  @Test
  void treesThatOverlapAreFoundAsTheyWereMade() throws IOException {
    Path corpus = Files.createDirectory(temp.resolve("corpus"));
    new OverlapTree(OverlapTree.ROOTS * 20L, OverlapTree.Sizes.TINY).make(corpus);

    Listing listing = Listing.of(List.of(corpus));

    assertEquals(OverlapTree.ROOTS * 20, listing.size());
  }
}
