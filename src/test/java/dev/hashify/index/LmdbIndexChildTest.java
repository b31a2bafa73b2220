package dev.hashify.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LmdbIndexChildTest {

  @TempDir Path temp = Path.of("");

  @Test
  void killedRunLosesNothingThatWasWritten() throws Exception {
    var random = new Random(Long.getLong("seed", 5));
    for (int kill = 0; kill < 3; kill++) {
      int written = writeUntilKilled(1 + random.nextInt(12));
      assertHoldsBatchesUpTo(written);
    }
  }

  /// Returns a batch that the child said was written.
  private int writeUntilKilled(int batches) throws Exception {
    var child = IndexChild.command(List.of(), "write", temp).start();
    int last = -1;
    try (var lines = child.inputReader()) {
      while (last < batches) {
        last = Integer.parseInt(lines.readLine());
      }
      // SIGKILL, in the middle of a later batch.
      child.destroyForcibly().waitFor();
    }
    return last;
  }

  private void assertHoldsBatchesUpTo(int written) throws IndexException {
    var opened = LmdbIndex.open(temp.resolve("index"), Access.READ_WRITE);
    assertEquals(Optional.empty(), opened.rebuilt());
    try (var index = opened.index();
        var reader = index.reader()) {
      assertFalse(index.wasClosedCleanly());
      int batch = ByteBuffer.wrap(reader.meta("batch").orElseThrow()).getInt();
      assertTrue(batch >= written, batch + " is before " + written);
      for (long inode = 0; inode < (batch + 1L) * IndexChild.RECORDS_PER_BATCH; inode++) {
        var record = reader.directory(1, inode);
        assertNotNull(record, "directory " + inode);
        assertEquals(inode, record.inode(0));
      }
      for (int key = 0; key <= batch; key++) {
        assertEquals(IndexChild.RECORDS_PER_BATCH, reader.objectsOfKey(1, key).size());
      }
    }
  }

  private String openInChild(ProcessBuilder command) throws Exception {
    var child = command.start();
    try (var lines = child.inputReader(StandardCharsets.UTF_8)) {
      var said = lines.readAllAsString();
      assertEquals(0, child.waitFor());
      return said;
    }
  }

  @Test
  void libraryThatCannotBeLoadedIsExplained() throws Exception {
    Files.createDirectory(temp.resolve("index"));
    var said =
        openInChild(
            IndexChild.command(List.of("-Dlmdbjava.native.lib=/nowhere/lmdb.so"), "open", temp));

    assertTrue(said.contains("index not opened: LMDB's native library cannot be loaded"), said);
    assertTrue(said.contains("-Dlmdbjava.extract.dir"), said);
    assertEquals(1, said.lines().count(), said);
  }

  @Test
  void nameThatIsNotAsciiIsOpenedInTheCLocale() throws Exception {
    var directory = temp.resolve("ïndex");
    Files.createDirectory(directory);
    var command = IndexChild.command(List.of(), "open", temp);
    command.environment().put("LC_ALL", "C");

    assertEquals("opened\n", openInChild(command));
    assertTrue(Files.exists(directory.resolve("data.mdb")));
  }
}
