package dev.hashify.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hashify.file.Errno;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.OpenFile;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFilesTest {

  private static final int NONE = SmallFiles.Sorted.NONE;

  @TempDir private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private Tree tree;

  private final Linux linux = new Linux(new NativeSystemCalls());
  private final SmallFiles small = new SmallFiles(linux);
  private final List<OpenFile> files = new ArrayList<>();
  private int made;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Tree.in(directory);
  }

  @AfterEach
  void close() {
    files.forEach(OpenFile::close);
    small.close();
  }

  private void file(byte[] content) throws IOException {
    String name = "f" + made++;
    tree.bytes(name, content);
    var file = tree.open(name);
    files.add(new OpenFile(file, linux.stat().of(file)));
  }

  private static byte[] content(int length, int at, int value) {
    var bytes = new byte[length];
    bytes[at] = (byte) value;
    return bytes;
  }

  private List<Integer> contents(SmallFiles.Sorted sorted) {
    List<Integer> contents = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      contents.add(sorted.content(i));
    }
    return contents;
  }

  @Test
  void equalFilesHaveOneContentAndEachIsReadOnce() throws IOException {
    for (int value : new int[] {1, 2, 1, 3, 2, 1}) {
      file(content(1000, 999, value));
    }
    var sorted = small.sort(files, ReadWatch.ALWAYS);
    assertEquals(List.of(0, 1, 0, 2, 1, 0), contents(sorted));
    assertEquals(3, sorted.contents());
    assertEquals(6000, small.bytesRead());
  }

  /// The sample does not see every byte; the comparison does.
  @Test
  void anyByteMakesADifference() throws IOException {
    for (int length : new int[] {1, 7, 8, 9, 100, 4096}) {
      files.clear();
      file(new byte[length]);
      for (int at = 0; at < length; at += Math.max(1, length / 50)) {
        file(content(length, at, 1));
      }
      var sorted = small.sort(files, ReadWatch.ALWAYS);
      assertEquals(files.size(), sorted.contents(), "of length " + length);
      files.forEach(OpenFile::close);
    }
  }

  @Test
  void emptyFilesAreEqual() throws IOException {
    file(new byte[0]);
    file(new byte[0]);
    assertEquals(List.of(0, 0), contents(small.sort(files, ReadWatch.ALWAYS)));
  }

  @Test
  void onlyEqualFilesGetAReceipt() throws IOException {
    for (int value : new int[] {1, 1, 2}) {
      file(content(10, 0, value));
    }
    var sorted = small.sort(files, ReadWatch.ALWAYS);
    var receipt = sorted.receipt(0, 1);
    assertEquals(files.get(0).stat().inode(), receipt.keeper().inode());
    assertEquals(files.get(1).stat().inode(), receipt.duplicate().inode());
    assertThrows(IllegalArgumentException.class, () -> sorted.receipt(0, 2));
  }

  @Test
  void idAndFingerprintAreThoseOfTheFile() throws IOException {
    file(content(5000, 17, 1));
    file(content(5000, 17, 2));
    var sorted = small.sort(files, ReadWatch.ALWAYS);
    try (var comparer = new ByteComparer(linux);
        var fingerprints = new Fingerprints(linux)) {
      for (int i = 0; i < 2; i++) {
        var whole = comparer.identify(files.get(i), ReadWatch.ALWAYS);
        assertEquals(
            Optional.of(sorted.id(i)),
            assertInstanceOf(GroupComparison.Compared.class, whole).keeperId());
        assertEquals(
            new FingerprintResult.Made(sorted.fingerprint(i)), fingerprints.of(files.get(i)));
      }
    }
    assertNotEquals(sorted.id(0), sorted.id(1));
  }

  @Test
  void fileThatChangesOrCannotBeReadHasNoContent() throws IOException {
    for (int i = 0; i < 4; i++) {
      file(content(100, 0, 1));
    }
    Files.write(directory.resolve("f1"), content(100, 0, 2));
    Files.write(directory.resolve("f2"), new byte[50]);
    var begun = new AtomicInteger();
    SystemCalls real = new NativeSystemCalls();
    // One read that does not wait begins each file.
    var broken =
        new Linux((call, a, b, c, d, e, f) -> {
          boolean isLast = call == SystemCall.PREADV2 && begun.incrementAndGet() == 4;
          boolean isRest = call == SystemCall.PREAD64 && begun.get() == 4;
          return isLast || isRest ? -Errno.EIO.number() : real.call(call, a, b, c, d, e, f);
        });
    try (var reader = new SmallFiles(broken)) {
      var sorted = reader.sort(files, ReadWatch.ALWAYS);
      assertEquals(List.of(0, NONE, NONE, NONE), contents(sorted));
      assertEquals(Optional.empty(), sorted.failure(0));
      assertEquals(Optional.of(new ReadFailure.Changed()), sorted.failure(1));
      assertEquals(Optional.of(new ReadFailure.Changed()), sorted.failure(2));
      assertInstanceOf(ReadFailure.Unreadable.class, sorted.failure(3).orElseThrow());
    }
  }

  @Test
  void fileThatIsWantedBackIsNotRead() throws IOException {
    file(content(100, 0, 1));
    file(content(100, 0, 1));
    var sorted = small.sort(files, file -> !file.equals(files.getFirst()));
    assertEquals(List.of(NONE, 0), contents(sorted));
    assertEquals(Optional.of(new ReadFailure.Changed()), sorted.failure(0));
    assertEquals(100, small.bytesRead());
  }

  /// 4 MiB of contents are kept, so 128 of 32 KiB; what is equal to one of those is still found.
  @Test
  void contentsForWhichThereIsNoRoomAreLeft() throws IOException {
    for (int i = 0; i < 130; i++) {
      file(content(SmallFiles.SIZE_MAX_BYTES, 0, i));
    }
    file(content(SmallFiles.SIZE_MAX_BYTES, 0, 5));
    var sorted = small.sort(files, ReadWatch.ALWAYS);
    assertEquals(128, sorted.contents());
    assertEquals(List.of(NONE, NONE, 5), contents(sorted).subList(128, 131));
    assertEquals(Optional.empty(), sorted.failure(128));
  }
}
