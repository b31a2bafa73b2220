package dev.hashify.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hashify.file.TreePath;
import dev.hashify.layers.BoltFile.NotUnderstoodException;
import dev.hashify.testkit.RealLinux;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A database that containerd 1.6 wrote: an imported image of one layer (1), `web-1` prepared on it
/// (2), one that is gone again (3), 150 more prepared ones, of which `box-7` (10) was committed as
/// `kept`.
class SnapshotRecordsTest {

  private static final String HOME = "io.containerd.snapshotter.v1.overlayfs";

  private static final int PAGE_BYTES = 4096;

  @SuppressWarnings("NullAway.Init")
  private Tree tree;

  @BeforeEach
  void make() throws IOException {
    tree = TestVolume.plain().tree();
  }

  @AfterEach
  void remove() throws IOException {
    tree.close();
  }

  private static byte[] database() throws IOException {
    try (InputStream packed =
        SnapshotRecordsTest.class.getResourceAsStream("/dev/hashify/layers/metadata.db.gz")) {
      if (packed == null) {
        throw new IOException("the database is missing");
      }
      return new GZIPInputStream(packed).readAllBytes();
    }
  }

  private TreePath snapshot(String path) throws IOException {
    tree.directory(HOME + "/" + path);
    return TreePath.of(tree.path(HOME + "/" + path).toString());
  }

  private String answer(String path) throws IOException {
    return switch (new EngineRecords(RealLinux.LINUX).of(snapshot(path))) {
      case TreeRecord.ReadOnlyLayer _ -> "read-only";
      case TreeRecord.Written(var _, var _, String why) -> why;
      case TreeRecord.Managed(var _, var _, String why) -> why;
      case TreeRecord.Unmanaged() -> "unmanaged";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "snapshots/1/fs, read-only",
    "snapshots/2/fs, a snapshot that a container writes to",
    "snapshots/3/fs, a snapshot that its records do not know",
    "snapshots/10/fs, read-only",
    "snapshots/153/fs, a snapshot that a container writes to",
    "snapshots/154/fs, a snapshot that its records do not know",
    "snapshots/1/work, not the whole of a snapshot",
    "snapshots/1/fs/usr, not the whole of a snapshot",
    "snapshots/x/fs, a snapshot that its records do not know"
  })
  void containerdSaysWhatASnapshotIs(String path, String expected) throws IOException {
    tree.bytes(HOME + "/metadata.db", database());
    assertEquals(expected, answer(path));
  }

  @Test
  void snapshotHasTheNameThatContainerdGivesIt() throws IOException {
    tree.bytes(HOME + "/metadata.db", database());
    assertEquals(
        List.of("default/155/kept"),
        new EngineRecords(RealLinux.LINUX).names(snapshot("snapshots/10/fs")));
  }

  @Test
  void stateBeforeTheLastIsReadIfTheLastIsHalfWritten() throws IOException, NotUnderstoodException {
    byte[] content = database();
    long newest = BoltFile.of(content).transaction();
    content[(int) (newest % 2) * PAGE_BYTES + 40]++;
    assertEquals(newest - 1, BoltFile.of(content).transaction());
  }

  @Test
  void databaseThatBreaksOffMakesNothingALayer() throws IOException {
    byte[] content = database();
    for (int bytes : new int[] {0, 10, PAGE_BYTES, 3 * PAGE_BYTES, content.length / 2}) {
      tree.bytes("b" + bytes + "/" + HOME + "/metadata.db", Arrays.copyOf(content, bytes));
      String path = "b" + bytes + "/" + HOME + "/snapshots/1/fs";
      tree.directory(path);
      var record = new EngineRecords(RealLinux.LINUX).of(TreePath.of(tree.path(path).toString()));
      assertEquals(TreeRecord.Managed.class, record.getClass(), "of " + bytes + " bytes");
    }
  }

  @Test
  void anyDamageIsToldAndNothingElse() throws IOException {
    byte[] content = database();
    tree.bytes(HOME + "/metadata.db", content);
    for (int at = 2 * PAGE_BYTES; at < content.length; at += 997) {
      byte[] damaged = content.clone();
      Arrays.fill(damaged, at, Math.min(content.length, at + 8), (byte) 0xff);
      tree.overwrite(HOME + "/metadata.db", damaged);
      answer("snapshots/2/fs");
    }
  }

  @Test
  void somethingElseIsNoDatabase() {
    assertThrows(NotUnderstoodException.class, () -> BoltFile.of(new byte[200_000]));
  }
}
