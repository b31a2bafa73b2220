package dev.hashify.os;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// System calls that read no more bytes of content a second than they are allowed to, by all
/// threads together. What is read too fast is paid for by waiting before the next call goes on.
///
/// What is counted: [CountedCalls].
final class PacedCalls implements SystemCalls {

  /// How much may be read at once after a pause: as much as is allowed in this time.
  private static final long CREDIT_NANOS = 100_000_000L;

  private static final double NANOS_PER_SECOND = 1e9;

  private final CountedCalls counted;
  private final long bytesPerSecond;
  private final LongSupplier clock;
  private final LongConsumer sleep;

  /// When all that was read so far is paid for.
  private long paidAt;

  PacedCalls(SystemCalls calls, long bytesPerSecond) {
    this(calls, bytesPerSecond, System::nanoTime, LockSupport::parkNanos);
  }

  /// @param clock nanoseconds
  /// @param sleep waits for nanoseconds
  PacedCalls(SystemCalls calls, long bytesPerSecond, LongSupplier clock, LongConsumer sleep) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("rate " + bytesPerSecond);
    }
    this.counted = new CountedCalls(calls, this::pay);
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.sleep = sleep;
    paidAt = clock.getAsLong();
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    return counted.call(call, a, b, c, d, e, f);
  }

  private void pay(long bytes) {
    long nanos = (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
    long until;
    synchronized (this) {
      paidAt = Math.max(paidAt, clock.getAsLong() - CREDIT_NANOS) + nanos;
      until = paidAt;
    }
    long left = until - clock.getAsLong();
    while (left > 0) {
      sleep.accept(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      left = until - clock.getAsLong();
    }
  }
}
