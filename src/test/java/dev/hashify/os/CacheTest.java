package dev.hashify.os;

import static dev.hashify.testkit.RealLinux.LINUX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hashify.file.Errno;
import dev.hashify.testkit.TestVolume;
import dev.hashify.testkit.Tree;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What reading leaves in the page cache, by what a read that may not wait says.
@ParameterizedClass
@MethodSource("dev.hashify.testkit.TestVolume#all")
class CacheTest {

  private static final int SIZE_BYTES = 100_000;

  private final Tree tree;

  CacheTest(TestVolume volume) throws IOException {
    this.tree = volume.tree();
  }

  /// The kernel's calls on a machine that has so much memory free, of a hundred parts.
  private static Linux withFreeMemory(long parts) {
    var real = new NativeSystemCalls();
    return new Linux((call, a, b, c, d, e, f) -> {
      long result = real.call(call, a, b, c, d, e, f);
      if (call == SystemCall.SYSINFO) {
        Memory.putLong(a + 32, 100);
        Memory.putLong(a + 40, parts);
      }
      return result;
    });
  }

  @BeforeEach
  void makeFile() throws IOException {
    tree.bytes("f", new byte[SIZE_BYTES]);
    drop();
  }

  private void drop() throws IOException {
    try (var file = tree.open("f")) {
      LINUX.content().sync(file);
      LINUX.content().adviseDontNeed(file);
    }
  }

  private void readAll(Linux linux) throws IOException {
    try (var directory = linux.open().directory(tree.hostPath());
        var file = linux.open().file(directory, new byte[] {'f'});
        var buffer = new ReadBuffer()) {
      assertEquals(SIZE_BYTES, linux.content().read(file, buffer, ReadBuffer.SIZE_BYTES, 0));
    }
  }

  private boolean isCached() throws IOException {
    long[] answer = new long[1];
    var real = new NativeSystemCalls();
    var asking =
        new Linux((call, a, b, c, d, e, f) -> {
          long result = real.call(call, a, b, c, d, e, f);
          answer[0] = call == SystemCall.PREADV2 ? result : answer[0];
          return result;
        });
    readAll(asking);
    return answer[0] != -Errno.EAGAIN.number();
  }

  @Test
  void fileThatNobodyUsedLeavesTheCacheAgainWhereMemoryIsShort() throws IOException {
    assertEquals(false, isCached());
    drop();
    readAll(withFreeMemory(1));
    assertEquals(false, isCached());
  }

  @Test
  void itStaysWhereMemoryIsLeft() throws IOException {
    readAll(withFreeMemory(50));
    assertEquals(true, isCached());
  }

  @Test
  void fileThatSomebodyUsesStays() throws IOException {
    readAll(withFreeMemory(50));
    readAll(withFreeMemory(1));
    assertEquals(true, isCached());
  }
}
