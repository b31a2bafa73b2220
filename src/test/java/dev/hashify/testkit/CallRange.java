package dev.hashify.testkit;

import dev.hashify.os.SystemCall;
import java.util.function.Predicate;

/// Which calls of a run a loop strikes.
///
/// @param first the first one, from 1
/// @param stride 1 strikes each, 7 each seventh
/// @param last none after this one
/// @param matched only these calls are numbered
public record CallRange(long first, long stride, long last, Predicate<SystemCall> matched) {

  /// Every call.
  public static final CallRange ALL = new CallRange(1, 1, Long.MAX_VALUE, _ -> true);

  public CallRange {
    if (first < 1 || stride < 1) {
      throw new IllegalArgumentException("first " + first + " and stride " + stride + " from 1 on");
    }
  }

  public CallRange from(long newFirst) {
    return new CallRange(newFirst, stride, last, matched);
  }

  public CallRange withStride(long newStride) {
    return new CallRange(first, newStride, last, matched);
  }

  public CallRange upTo(long newLast) {
    return new CallRange(first, stride, newLast, matched);
  }

  public CallRange only(Predicate<SystemCall> wanted) {
    return new CallRange(first, stride, last, wanted);
  }
}
