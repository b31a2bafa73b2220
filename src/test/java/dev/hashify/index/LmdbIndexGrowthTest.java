package dev.hashify.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LmdbIndexGrowthTest {

  @TempDir Path temp = Path.of("");

  @Test
  void fileIsNeverTakenForATruncatedOneWhateverWasWritten() throws Exception {
    var random = new Random(Long.getLong("seed", 3));
    var file = temp.resolve("data.mdb");
    for (int run = 0; run < 6; run++) {
      try (var index = LmdbIndex.open(temp, Access.READ_WRITE).index()) {
        for (int round = 0; round < 40; round++) {
          index.write(randomChanges(random));
          assertEquals(Optional.empty(), DataFile.problem(file), "round " + round);
        }
      }
      assertEquals(Optional.empty(), DataFile.problem(file), "run " + run);
    }
  }

  /// Values from nothing to many pages, and as many removals: pages are taken and given back.
  private static IndexChanges randomChanges(Random random) {
    var changes = new IndexChanges();
    int count = 1 + random.nextInt(60);
    for (int i = 0; i < count; i++) {
      long inode = random.nextInt(150);
      switch (random.nextInt(4)) {
        case 0 -> changes.removeDirectory(1, inode);
        case 1 -> changes.putDirectory(1, inode, new byte[random.nextInt(200_000)]);
        default -> changes.putDirectory(1, inode, new byte[random.nextInt(3_000)]);
      }
      changes.putObject(IndexContract.object(1, inode, random.nextInt(9)));
      changes.removeObject(1, random.nextInt(150));
    }
    return changes;
  }

  @Test
  void fileIsNotTakenForATruncatedOneAfterPagesAtItsEndWereGivenBack() throws Exception {
    var file = temp.resolve("data.mdb");
    try (var index = LmdbIndex.open(temp, Access.READ_WRITE).index()) {
      for (int kept = 0; kept < 60; kept++) {
        var puts = new IndexChanges();
        var removals = new IndexChanges();
        for (int inode = 0; inode < 2_000; inode++) {
          puts.putDirectory(1, inode, IndexContract.record(inode));
          if (inode % 60 != kept) {
            removals.removeDirectory(1, inode);
          }
        }
        index.write(puts);
        // An old reader keeps free pages from being used, so new ones are taken at the end.
        try (var reader = index.reader()) {
          index.write(removals);
          assertEquals(Optional.empty(), DataFile.problem(file), "kept " + kept);
          assertNotNull(reader.directory(1, 0));
        }
      }
    }
  }

  @Test
  void hundredThousandDirectoriesFitAndAreFound() throws Exception {
    try (var index = LmdbIndex.open(temp, Access.READ_WRITE).index()) {
      var changes = new IndexChanges();
      for (int inode = 0; inode < 100_000; inode++) {
        changes.putDirectory(1, inode, IndexContract.record(inode));
      }
      assertTrue(changes.sizeBytes() > 100_000L * 100);
      index.write(changes);
      try (var reader = index.reader()) {
        for (int inode = 0; inode < 100_000; inode++) {
          var record = reader.directory(1, inode);
          assertNotNull(record);
          assertEquals(inode, record.inode(0));
        }
      }
    }
    assertTrue(Files.size(temp.resolve("data.mdb")) < 40L << 20);
  }
}
