package dev.hashify.os;

import java.util.function.LongConsumer;

/// System calls that tell how much content they read, call by call, on the thread that reads.
///
/// Counted is what `pread` returns, from memory or from a device, and what the kernel compares
/// itself before it shares blocks. Listing directories and the index are not counted.
final class CountedCalls implements SystemCalls {

  private final SystemCalls calls;
  private final LongConsumer read;

  /// @param read told the bytes of each call, after it
  CountedCalls(SystemCalls calls, LongConsumer read) {
    this.calls = calls;
    this.read = read;
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    long compared = call == SystemCall.IOCTL ? CloneCalls.bytesCompared(b, c) : 0;
    long result = calls.call(call, a, b, c, d, e, f);
    boolean reads = call == SystemCall.PREAD64 || call == SystemCall.PREADV2;
    long bytes = compared + (reads ? Math.max(0, result) : 0);
    if (bytes > 0) {
      read.accept(bytes);
    }
    return result;
  }
}
