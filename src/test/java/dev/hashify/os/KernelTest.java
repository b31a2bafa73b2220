package dev.hashify.os;

import static dev.hashify.os.Expect.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.Errno;
import dev.hashify.file.TreePath;
import dev.hashify.testkit.FaultyCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelTest {

  /// Beyond any number of repetitions that makes sense.
  private static final long REPEATS_MAX = 1000;

  @TempDir Path temp;

  private TreePath here() {
    return TreePath.of(temp.toString());
  }

  @Test
  void interruptedCallIsMadeAgain() throws IOException {
    var calls = new FaultyCalls(new NativeSystemCalls()).failBetween(1, 3, Errno.EINTR);
    new Linux(calls).open().directory(here()).close();
    assertEquals(4, calls.count());
  }

  @Test
  void callThatIsInterruptedForEverFailsInTheEnd() {
    var calls = new FaultyCalls(new NativeSystemCalls()).failFrom(1, Errno.EINTR);
    Expect.errno(Errno.EINTR, () -> new Linux(calls).open().directory(here()).close());
    assertTrue(calls.count() < REPEATS_MAX);
  }

  /// Linux has given the number free even if close says EINTR; it may be another thread's by then.
  @Test
  void interruptedCloseIsNotRepeated() throws IOException {
    var closes = new java.util.concurrent.atomic.AtomicInteger();
    var real = new NativeSystemCalls();
    SystemCalls calls =
        (call, a, b, c, d, e, f) -> {
          long result = real.call(call, a, b, c, d, e, f);
          if (call == SystemCall.CLOSE) {
            closes.incrementAndGet();
            return -Errno.EINTR.number();
          }
          return result;
        };
    new Linux(calls).open().directory(here()).close();
    assertEquals(1, closes.get());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OTHER", "EINTR"})
  void failureCarriesTheCallAndTheErrno(Errno errno) throws IOException {
    var calls = new FaultyCalls(new NativeSystemCalls()).only(SystemCall.MKDIRAT);
    calls.failOnce(1, errno);
    var linux = new Linux(calls);
    try (var directory = linux.open().directory(here())) {
      var failure =
          Expect.errno(errno, () -> linux.names().makeDirectory(directory, name("d"), 0700));

      assertEquals(SystemCall.MKDIRAT, failure.call());
      assertTrue(failure.is(errno));
      assertEquals("mkdirat: " + errno.display(), failure.getMessage());
      assertEquals(errno.display(), ErrnoException.why(failure));
    }
  }

  @Test
  void unknownErrnoKeepsItsNumber() {
    var failure = new ErrnoException(SystemCall.STATX, 117);
    assertEquals(Errno.OTHER, failure.errno());
    assertEquals("statx: error 117", failure.getMessage());
    assertEquals("error 117", failure.why());
    assertEquals("disk on fire", ErrnoException.why(new IOException("disk on fire")));
  }

  /// From the kernel's tables, on x86-64; a wrong number would be another call.
  @Test
  void numbersAreThoseOfTheKernel() {
    Map<SystemCall, Integer> expected =
        Map.ofEntries(
            Map.entry(SystemCall.CLOSE, 3),
            Map.entry(SystemCall.LSEEK, 8),
            Map.entry(SystemCall.RT_SIGACTION, 13),
            Map.entry(SystemCall.IOCTL, 16),
            Map.entry(SystemCall.PREAD64, 17),
            Map.entry(SystemCall.PWRITE64, 18),
            Map.entry(SystemCall.FCNTL, 72),
            Map.entry(SystemCall.FSYNC, 74),
            Map.entry(SystemCall.FTRUNCATE, 77),
            Map.entry(SystemCall.FCHMOD, 91),
            Map.entry(SystemCall.FCHOWN, 93),
            Map.entry(SystemCall.FSTATFS, 138),
            Map.entry(SystemCall.GETDENTS64, 217),
            Map.entry(SystemCall.OPENAT, 257),
            Map.entry(SystemCall.UNLINKAT, 263),
            Map.entry(SystemCall.LINKAT, 265),
            Map.entry(SystemCall.SYNCFS, 306),
            Map.entry(SystemCall.RENAMEAT2, 316),
            Map.entry(SystemCall.STATX, 332),
            Map.entry(SystemCall.OPENAT2, 437));
    if (!SystemCall.isAarch64()) {
      expected.forEach((call, number) -> assertEquals(number, call.number(), call.name()));
    }
  }

  @Test
  void noTwoCallsHaveOneNumber() {
    var numbers = new HashSet<Integer>();
    for (var call : SystemCall.values()) {
      assertTrue(numbers.add(call.number()), call.name());
    }
  }

  @Test
  void kernelThatLacksACallSaysSo() {
    var calls = new FaultyCalls(new NativeSystemCalls()).failFrom(1, Errno.ENOSYS);
    var failure =
        Expect.errno(Errno.ENOSYS, () -> new Linux(calls).open().directory(here()).close());
    assertFalse(failure.why().isEmpty());
  }

  /// Threads share one kernel; each has scratch memory of its own.
  @Test
  void threadsDoNotMixUpTheirCalls() throws Exception {
    var linux = new Linux(new NativeSystemCalls());
    try (var directory = linux.open().directory(here());
        var pool = java.util.concurrent.Executors.newFixedThreadPool(4)) {
      var tasks = new java.util.ArrayList<java.util.concurrent.Callable<Boolean>>();
      for (int i = 0; i < 4; i++) {
        byte[] own = name("file-of-thread-" + i);
        try (var file = linux.open().create(directory, own, 0600)) {
          linux.content().truncate(file, i);
        }
        int size = i;
        tasks.add(() -> {
          boolean right = true;
          for (int n = 0; n < 2000; n++) {
            right &= linux.stat().of(directory, own).sizeBytes() == size;
          }
          return right;
        });
      }
      for (var result : pool.invokeAll(tasks)) {
        assertTrue(result.get());
      }
    }
  }
}
