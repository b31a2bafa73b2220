package dev.hashify.engine;

import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;

/// Calls of a run that is going to be killed, and whether it was killed between an exchange and the
/// note that the journal gets of it: then, and only then, a directory's time may stay moved.
final class NotedExchanges implements SystemCalls {

  /// `RENAME_EXCHANGE` (linux/fs.h).
  static final long EXCHANGE = 2;

  private final SystemCalls calls;
  private boolean isPending;

  NotedExchanges(SystemCalls calls) {
    this.calls = calls;
  }

  boolean isPending() {
    return isPending;
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    long result = calls.call(call, a, b, c, d, e, f);
    if (call == SystemCall.RENAMEAT2 && e == EXCHANGE && result == 0) {
      isPending = true;
    }
    if (call == SystemCall.PWRITE64 && result > 0) {
      isPending = false;
    }
    return result;
  }
}
