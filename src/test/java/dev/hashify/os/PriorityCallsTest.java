package dev.hashify.os;

import static dev.hashify.testkit.RealLinux.LINUX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PriorityCallsTest {

  /// `IOPRIO_PRIO_VALUE(IOPRIO_CLASS_IDLE, 0)`.
  private static final int IDLE = 3 << 13;

  private static int now() {
    try {
      int before = LINUX.priority().setIdle();
      LINUX.priority().set(before);
      return before;
    } catch (ErrnoException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void threadAndThoseItStartsAreIdleUntilItIsSetBack() throws Exception {
    int before = LINUX.priority().setIdle();
    assertNotEquals(IDLE, before);
    assertEquals(IDLE, now());
    var started = new CompletableFuture<Integer>();
    Thread.ofPlatform().start(() -> started.complete(now())).join();
    assertEquals(IDLE, started.get());
    LINUX.priority().set(before);
    assertEquals(before, now());
  }
}
