package dev.hashify.os;

import dev.hashify.file.Errno;

/// Makes calls and turns error numbers into exceptions; what all classes of this package stand on.
final class Kernel {

  /// How often an interrupted call is made again. No signal handler of this program interrupts
  /// calls, so one repetition is already rare; the bound keeps a broken file system from holding us
  /// for ever.
  private static final int REPEATS_MAX = 100;

  private final SystemCalls calls;

  Kernel(SystemCalls calls) {
    this.calls = calls;
  }

  /// The result, or the negated error number; interrupted calls are repeated.
  long raw(SystemCall call, long a, long b, long c, long d, long e) {
    long result = calls.call(call, a, b, c, d, e, 0);
    for (int i = 0; i < REPEATS_MAX && result == -Errno.EINTR.number(); i++) {
      result = calls.call(call, a, b, c, d, e, 0);
    }
    return result;
  }

  /// The result of a call of six arguments, or the negated error number; not repeated.
  long once(SystemCall call, long a, long b, long c, long d, long e, long f) {
    return calls.call(call, a, b, c, d, e, f);
  }

  /// The result.
  ///
  /// @throws ErrnoException if the call failed
  long check(SystemCall call, long a, long b, long c, long d, long e) throws ErrnoException {
    long result = raw(call, a, b, c, d, e);
    if (result < 0) {
      throw new ErrnoException(call, (int) -result);
    }
    return result;
  }

  long check(SystemCall call, long a, long b, long c) throws ErrnoException {
    return check(call, a, b, c, 0, 0);
  }

  /// Closes a descriptor. Never repeated: Linux has released the number even when it says EINTR.
  void close(int descriptor) {
    // A failing close of a file that was only read loses nothing, and written files are synced
    // before.
    long _ = calls.call(SystemCall.CLOSE, descriptor, 0, 0, 0, 0, 0);
  }
}
