package dev.hashify.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;

class LmdbIndexOpeningTest {

  private static final int META_OFFSET_VERSION = 20;

  @TempDir Path temp = Path.of("");

  private Path directory = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void namePaths() {
    directory = temp.resolve("index");
    file = directory.resolve("data.mdb");
  }

  private OpenedIndex open(Access access) throws IndexException {
    return LmdbIndex.open(directory, access);
  }

  /// Makes an index with an object, a directory and a meta value, and closes it.
  private byte[] makeIndex() throws IndexException, IOException {
    try (var index = open(Access.READ_WRITE).index()) {
      var changes = new IndexChanges();
      changes.putMeta("name", new byte[] {7});
      changes.putObject(IndexContract.object(1, 2, 3));
      for (int i = 0; i < 500; i++) {
        changes.putDirectory(1, i, IndexContract.record(i));
      }
      index.write(changes);
    }
    return Files.readAllBytes(file);
  }

  private Map<String, String> fingerprintOfDirectory() throws IOException {
    var all = new TreeMap<String, String>();
    try (var paths = Files.list(directory)) {
      for (var path : paths.toList()) {
        all.put(
            path.getFileName().toString(),
            Files.getLastModifiedTime(path)
                + " "
                + Files.size(path)
                + " "
                + Arrays.hashCode(Files.readAllBytes(path)));
      }
    }
    all.put("", Files.getLastModifiedTime(directory).toString());
    return all;
  }

  private void assertRebuilt(String why) throws Exception {
    var forReading = open(Access.READ_ONLY);
    assertInstanceOf(NoIndex.class, forReading.index());
    assertEquals(Optional.of(why), forReading.rebuilt());
    var opened = open(Access.READ_WRITE);
    try (var index = opened.index();
        var reader = index.reader()) {
      assertEquals(Optional.of(why), opened.rebuilt());
      assertEquals(Optional.empty(), reader.meta("name"));
      var changes = new IndexChanges();
      changes.putMeta("new", new byte[] {1});
      index.write(changes);
    }
    assertUsable("new");
  }

  private void assertUsable(String metaName) throws IndexException {
    var opened = open(Access.READ_WRITE);
    try (var index = opened.index();
        var reader = index.reader()) {
      assertEquals(Optional.empty(), opened.rebuilt());
      assertTrue(reader.meta(metaName).isPresent());
    }
  }

  @Test
  void newDirectoryIsForItsOwnerOnly() throws Exception {
    makeIndex();
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void readingOnlyWhereThereIsNoIndexMakesNone() throws Exception {
    var opened = open(Access.READ_ONLY);
    assertInstanceOf(NoIndex.class, opened.index());
    assertEquals(Optional.empty(), opened.rebuilt());
    assertFalse(Files.exists(directory));

    Files.createDirectory(directory);
    assertInstanceOf(NoIndex.class, open(Access.READ_ONLY).index());
    assertEquals(1, fingerprintOfDirectory().size());
  }

  @Test
  void readingOnlyLeavesTheDirectoryAsItWas() throws Exception {
    makeIndex();
    Files.delete(directory.resolve("lock.mdb"));
    var before = fingerprintOfDirectory();

    try (var index = open(Access.READ_ONLY).index();
        var reader = index.reader()) {
      assertInstanceOf(LmdbIndex.class, index);
      assertArrayEquals(new byte[] {7}, reader.meta("name").orElseThrow());
      assertTrue(reader.object(1, 2).isPresent());
      assertThrows(IllegalStateException.class, () -> index.write(new IndexChanges()));
    }
    assertEquals(before, fingerprintOfDirectory());
  }

  @Test
  void openingAndClosingWithoutAWriteLeavesTheFileAsItWas() throws Exception {
    byte[] before = makeIndex();
    open(Access.READ_WRITE).index().close();
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void indexThatIsOpenCannotBeOpenedAgainInThisProcess() throws Exception {
    try (var index = open(Access.READ_WRITE).index()) {
      for (var access : Access.values()) {
        var e = assertThrows(IndexException.class, () -> open(access));
        assertTrue(e.getMessage().endsWith("it is open in this process already"), e.getMessage());
      }
      assertTrue(index.wasClosedCleanly());
    }
    open(Access.READ_ONLY).index().close();
    open(Access.READ_WRITE).index().close();
  }

  @Test
  void fileCutAnywhereIsNeverMapped() throws Exception {
    byte[] whole = makeIndex();
    int pages = whole.length / 4096;
    int[] lengths = {
      1,
      15,
      19,
      20,
      21,
      151,
      152,
      4095,
      4096,
      4096 + 20,
      4096 + 151,
      8191,
      8192,
      8193,
      whole.length / 2,
      whole.length - 4096,
      whole.length - 1
    };
    for (int length : lengths) {
      Files.write(file, Arrays.copyOf(whole, length));
      boolean hasMetaPages = length >= 4096 + 152;
      assertRebuilt(
          hasMetaPages
              ? "truncated: " + length / 4096 + " pages of " + pages
              : "truncated: " + length + " bytes");
      assertArrayEquals(
          Arrays.copyOf(whole, length), Files.readAllBytes(directory.resolve("data.mdb.unusable")));
    }
  }

  @Test
  void fileOfNoBytesIsANewIndex() throws Exception {
    Files.createDirectory(directory);
    Files.createFile(file);
    assertInstanceOf(NoIndex.class, open(Access.READ_ONLY).index());

    var opened = open(Access.READ_WRITE);
    opened.index().close();
    assertEquals(Optional.empty(), opened.rebuilt());
  }

  @Test
  void foreignFileIsSetAside() throws Exception {
    Files.createDirectory(directory);
    byte[] foreign = "something else, quite long".repeat(1000).getBytes(UTF_8);
    Files.write(file, foreign);

    assertRebuilt("not an LMDB file");
    assertArrayEquals(foreign, Files.readAllBytes(directory.resolve("data.mdb.unusable")));
  }

  @Test
  void directoryInPlaceOfTheFileIsSetAside() throws Exception {
    Files.createDirectories(file);
    assertRebuilt("not a regular file");
  }

  @Test
  void symlinkInPlaceOfTheFileIsSetAsideAndNotFollowed() throws Exception {
    var target = temp.resolve("target");
    Files.writeString(target, "precious");
    Files.createDirectory(directory);
    Files.createSymbolicLink(file, target);

    assertRebuilt("not a regular file");
    assertEquals("precious", Files.readString(target));
  }

  @Test
  void databaseOfAnotherProgramIsSetAside() throws Exception {
    Files.createDirectory(directory);
    try (var env = Env.create(ByteArrayProxy.PROXY_BA).setMaxDbs(2).open(directory.toFile())) {
      var other = env.openDbi("other".getBytes(UTF_8), DbiFlags.MDB_CREATE);
      other.put(new byte[] {1}, new byte[] {2});
    }
    byte[] before = Files.readAllBytes(file);

    assertRebuilt("the file of another program");
    assertArrayEquals(before, Files.readAllBytes(directory.resolve("data.mdb.unusable")));
  }

  @Test
  void environmentInWhichNothingWasMadeYetIsANewIndex() throws Exception {
    Files.createDirectory(directory);
    Env.create(ByteArrayProxy.PROXY_BA).open(directory.toFile()).close();

    var opened = open(Access.READ_WRITE);
    opened.index().close();
    assertEquals(Optional.empty(), opened.rebuilt());
  }

  @Test
  void indexOfAnotherFormatIsSetAside() throws Exception {
    makeIndex();
    writeVersion(2);
    assertRebuilt("format 2 is newer than 1");

    writeVersion(0);
    assertRebuilt("format 0 is older than 1");
  }

  private void writeVersion(int version) {
    try (var env = Env.create(ByteArrayProxy.PROXY_BA).setMaxDbs(4).open(directory.toFile())) {
      env.openDbi("meta".getBytes(UTF_8)).put(Formats.VERSION_KEY, Formats.version(version));
    }
  }

  @Test
  void lmdbFileOfAnotherFormatIsSetAside() throws Exception {
    byte[] bytes = makeIndex();
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(META_OFFSET_VERSION, 2);
    Files.write(file, bytes);
    assertRebuilt("of LMDB's format 2, not 1");
  }

  @Test
  void damagedMetaPageIsNeverMapped() throws Exception {
    byte[] whole = makeIndex();
    int newest = newestMeta(whole);
    // Page flags; page size; root of the main database; last page.
    for (int offset : new int[] {10, 40, 128, 136}) {
      byte[] bytes = whole.clone();
      ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putShort(newest + offset, (short) 1);
      Files.write(file, bytes);
      var why = DataFile.problem(file);
      assertTrue(why.isPresent(), "offset " + offset);
      assertRebuilt(why.orElseThrow());
    }
  }

  private static int newestMeta(byte[] whole) {
    var buffer = ByteBuffer.wrap(whole).order(ByteOrder.nativeOrder());
    return buffer.getLong(144) < buffer.getLong(4096 + 144) ? 4096 : 0;
  }

  @Test
  void lockFileOfGarbageDoesNotMatter() throws Exception {
    makeIndex();
    Files.writeString(directory.resolve("lock.mdb"), "garbage".repeat(5000));
    assertUsable("name");
  }

  @Test
  void fullIndexSaysSoAndKeepsWhatItHas() throws Exception {
    var opened = LmdbIndex.open(directory, Access.READ_WRITE, new long[] {1 << 20});
    try (var index = opened.index()) {
      var small = new IndexChanges();
      small.putMeta("name", new byte[] {7});
      index.write(small);
      var large = new IndexChanges();
      for (int i = 0; i < 30_000; i++) {
        large.putDirectory(1, i, IndexContract.record(i));
      }

      var e = assertThrows(IndexException.class, () -> index.write(large));
      assertTrue(e.getMessage().contains("not written: the index is full"), e.getMessage());
    }
    assertUsable("name");
  }

  @Test
  void mapThatDoesNotFitIsTriedSmaller() throws Exception {
    long tooLarge = 1L << 60;
    var opened = LmdbIndex.open(directory, Access.READ_WRITE, new long[] {tooLarge, 1 << 24});
    opened.index().close();

    var e =
        assertThrows(
            IndexException.class,
            () -> LmdbIndex.open(directory, Access.READ_WRITE, new long[] {tooLarge}));
    assertTrue(e.getMessage().contains("cannot allocate memory (ENOMEM)"), e.getMessage());
  }

  @Test
  void placeThatIsAFileIsAnException() throws Exception {
    Files.createFile(directory);
    var e = assertThrows(IndexException.class, () -> open(Access.READ_WRITE));
    assertTrue(e.getMessage().contains("index not opened: "), e.getMessage());
  }

  @Test
  void nameThatIsNotAsciiIsOpened() throws Exception {
    directory = temp.resolve("ïndex\n é");
    file = directory.resolve("data.mdb");
    makeIndex();
    assertUsable("name");
  }
}
