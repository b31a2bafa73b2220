package dev.hashify.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedCallsTest {

  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(5 * SECOND);

  /// A thousand bytes a second; a call returns its second argument.
  private final PacedCalls calls =
      new PacedCalls((_, _, b, _, _, _, _) -> b, 1000, now::get, now::addAndGet);

  private void read(SystemCall call, long bytes) {
    assertEquals(bytes, calls.call(call, 0, bytes, 0, 0, 0, 0));
  }

  private double seconds() {
    return (now.get() - 5.0 * SECOND) / SECOND;
  }

  @Test
  void readingTakesAsLongAsTheRateSays() {
    read(SystemCall.PREAD64, 3000);
    assertEquals(3, seconds(), 1e-6);
    read(SystemCall.PREADV2, 500);
    assertEquals(3.5, seconds(), 1e-6);
  }

  @Test
  void otherCallsAndFailuresAreNotWaitedFor() {
    read(SystemCall.GETDENTS64, 100_000);
    read(SystemCall.PREAD64, -5);
    read(SystemCall.PREAD64, 0);
    assertEquals(0, seconds());
  }

  /// Or a pause would be made good by reading as fast as can be.
  @Test
  void timeThatPassedIsNotSaved() {
    now.addAndGet(60 * SECOND);
    read(SystemCall.PREAD64, 10_000);
    assertEquals(60 + 10 - 0.1, seconds(), 1e-6);
  }

  @Test
  void whatTheKernelComparesIsCounted() {
    Memory memory = Memory.ofThread();
    Memory.clear(memory.list, 64);
    Memory.putLong(memory.list + 8, 1000);
    Memory.putShort(memory.list + 16, (short) 2);
    long dedupe = 0xc018_9436L;
    long result = calls.call(SystemCall.IOCTL, 0, dedupe, memory.list, 0, 0, 0);
    assertEquals(dedupe, result);
    assertEquals(3, seconds(), 1e-6);
  }

  @Test
  void noRateIsNoRate() {
    assertThrows(
        IllegalArgumentException.class, () -> new PacedCalls((_, _, _, _, _, _, _) -> 0, 0));
  }
}
