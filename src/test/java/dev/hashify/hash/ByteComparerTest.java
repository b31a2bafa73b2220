package dev.hashify.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hashify.file.ContentId;
import dev.hashify.file.Errno;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.OpenFile;
import dev.hashify.os.SystemCall;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteComparerTest {

  private static final int BUFFER = 256 << 10;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Tree tree;

  private final FaultyCalls calls =
      new FaultyCalls(new NativeSystemCalls()).only(SystemCall.PREAD64);
  private final Linux linux = new Linux(calls);

  @BeforeEach
  void makeTree() throws IOException {
    tree = Tree.in(directory);
  }

  private OpenFile open(String name) throws IOException {
    var file = tree.open(name);
    return new OpenFile(file, linux.stat().of(file));
  }

  private GroupComparison compare(String keeper, String... duplicates) throws IOException {
    try (var comparer = new ByteComparer(linux);
        var kept = open(keeper)) {
      List<OpenFile> others = new ArrayList<>();
      try {
        for (String name : duplicates) {
          others.add(open(name));
        }
        return comparer.compare(kept, others, IdWanted.YES, ReadWatch.ALWAYS);
      } finally {
        others.forEach(OpenFile::close);
      }
    }
  }

  private static List<Comparison> answers(GroupComparison comparison) {
    return assertInstanceOf(GroupComparison.Compared.class, comparison).duplicates();
  }

  private static byte[] content(int sizeBytes) {
    byte[] content = new byte[sizeBytes];
    new Random(sizeBytes).nextBytes(content);
    return content;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER, 3 * BUFFER + 7})
  void equalFilesAreSameAndTheIdIsTheirSha256(int sizeBytes) throws Exception {
    byte[] content = content(sizeBytes);
    tree.bytes("a", content).bytes("b", content);
    var compared = assertInstanceOf(GroupComparison.Compared.class, compare("a", "b"));
    assertInstanceOf(Comparison.Same.class, compared.duplicates().getFirst());
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
    assertEquals(Optional.of(ContentId.of(sha256)), compared.keeperId());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, BUFFER - 1, BUFFER, 2 * BUFFER})
  void oneByteMakesADifferenceWhereverItIs(int at) throws IOException {
    byte[] content = content(2 * BUFFER + 1);
    byte[] changed = content.clone();
    changed[at] ^= 1;
    tree.bytes("a", content).bytes("b", changed).bytes("c", content);
    var answers = answers(compare("a", "b", "c"));
    assertInstanceOf(Comparison.Different.class, answers.getFirst());
    assertInstanceOf(Comparison.Same.class, answers.getLast());
  }

  @Test
  void everyFileIsReadOnce() throws IOException {
    byte[] content = content(3 * BUFFER);
    tree.bytes("a", content).bytes("b", content).bytes("c", content);
    assertEquals(3L * content.length, bytesRead("a", "b", "c"));
  }

  @Test
  void filesThatDifferEarlyAreNotReadFar() throws IOException {
    byte[] other = content(3 * BUFFER);
    other[10_000]++;
    tree.bytes("a", content(3 * BUFFER)).bytes("b", other);
    assertEquals(2L * (16 << 10), bytesRead("a", "b"));
  }

  private long bytesRead(String keeper, String... duplicates) throws IOException {
    List<OpenFile> others = new ArrayList<>();
    try (var comparer = new ByteComparer(linux);
        var kept = open(keeper)) {
      for (String name : duplicates) {
        others.add(open(name));
      }
      comparer.compare(kept, others, IdWanted.NO, ReadWatch.ALWAYS);
      return comparer.bytesRead();
    } finally {
      others.forEach(OpenFile::close);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void failedReadIsNeverSame(long call) throws IOException {
    byte[] content = content(2 * BUFFER);
    tree.bytes("a", content).bytes("b", content).bytes("c", content);
    calls.failOnce(call, Errno.EIO);
    var comparison = compare("a", "b", "c");
    if (call % 3 == 1) {
      assertInstanceOf(GroupComparison.KeeperFailed.class, comparison);
    } else {
      var failed = answers(comparison).get(call % 3 == 2 ? 0 : 1);
      assertInstanceOf(Comparison.DuplicateFailed.class, failed);
      var other = answers(comparison).get(call % 3 == 2 ? 1 : 0);
      assertInstanceOf(Comparison.Same.class, other);
    }
  }

  @Test
  void keeperThatChangesMeanwhileFails() throws IOException {
    tree.bytes("a", content(2 * BUFFER)).bytes("b", content(2 * BUFFER));
    calls.runBefore(4, () -> touch("a"));
    assertInstanceOf(GroupComparison.KeeperFailed.class, compare("a", "b"));
  }

  @Test
  void duplicateThatChangesMeanwhileFails() throws IOException {
    tree.bytes("a", content(2 * BUFFER)).bytes("b", content(2 * BUFFER));
    calls.runBefore(4, () -> touch("b"));
    assertInstanceOf(Comparison.DuplicateFailed.class, answers(compare("a", "b")).getFirst());
  }

  @Test
  void fileThatShrinksMeanwhileIsNeverSame() throws IOException {
    tree.bytes("a", content(2 * BUFFER)).bytes("b", content(2 * BUFFER));
    calls.runBefore(
        4,
        () -> {
          try (var file = new java.io.RandomAccessFile(tree.path("b").toFile(), "rw")) {
            file.setLength(BUFFER);
          } catch (IOException failed) {
            throw new AssertionError(failed);
          }
        });
    assertInstanceOf(Comparison.DuplicateFailed.class, answers(compare("a", "b")).getFirst());
  }

  private void touch(String name) {
    try {
      tree.overwrite(name, new byte[] {1, 2, 3});
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
