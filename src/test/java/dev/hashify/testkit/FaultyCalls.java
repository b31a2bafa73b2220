package dev.hashify.testkit;

import dev.hashify.file.Errno;
import dev.hashify.os.SystemCall;
import dev.hashify.os.SystemCalls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// System calls that are counted and, at a chosen one, fail, end everything, or let something
/// happen first.
///
/// Calls are numbered from 1. `close` is neither numbered nor ever failed: a descriptor that the
/// test itself made leak would hide one that the program leaks. Set it up before the first call;
/// then it is safe for many threads.
public final class FaultyCalls implements SystemCalls {

  /// What `kill -9` leaves as exit status.
  public static final int KILLED_STATUS = 137;

  /// The log keeps the end of a run; a fault is explained by what came right before it.
  private static final int LOG_MAX = 100;

  private static final long NEVER = -1;

  private final SystemCalls real;
  private final AtomicLong count = new AtomicLong();
  private final Deque<String> log = new ArrayDeque<>();

  private Predicate<SystemCall> matched = _ -> true;
  private boolean readsByPread;
  private long failFirst = NEVER;
  private long failLast = NEVER;
  private Errno errno = Errno.EIO;
  private long haltBefore = NEVER;
  private long haltAfter = NEVER;
  private long crashAt = NEVER;
  private long raceAt = NEVER;
  private Runnable race = FaultyCalls::nothing;
  private volatile boolean crashed;
  private volatile String struck = "no call";

  public FaultyCalls(SystemCalls real) {
    this.real = real;
  }

  /// Numbers only calls that match; the others pass untouched.
  public FaultyCalls only(Predicate<SystemCall> wanted) {
    matched = wanted;
    return this;
  }

  /// Numbers only this call. With `pread` it is as on a file system that cannot read without
  /// waiting, so that each read is one.
  public FaultyCalls only(SystemCall wanted) {
    readsByPread = wanted == SystemCall.PREAD64;
    return only(call -> call == wanted);
  }

  /// Fails call `n` and no other.
  public FaultyCalls failOnce(long n, Errno with) {
    return failBetween(n, n, with);
  }

  /// Fails call `n` and all after it.
  public FaultyCalls failFrom(long n, Errno with) {
    return failBetween(n, Long.MAX_VALUE, with);
  }

  /// Fails the calls `first` to `last`.
  public FaultyCalls failBetween(long first, long last, Errno with) {
    failFirst = first;
    failLast = last;
    errno = with;
    return this;
  }

  /// Ends the JVM in place of call `n`.
  public FaultyCalls haltBefore(long n) {
    haltBefore = n;
    return this;
  }

  /// Ends the JVM when call `n` has been made.
  public FaultyCalls haltAfter(long n) {
    haltAfter = n;
    return this;
  }

  /// Throws [CrashError] in place of call `n` and of every later one, so that no clean-up reaches
  /// the kernel.
  public FaultyCalls crashAt(long n) {
    crashAt = n;
    return this;
  }

  /// Runs `meanwhile` right before call `n`: what somebody else does just then.
  public FaultyCalls runBefore(long n, Runnable meanwhile) {
    raceAt = n;
    race = meanwhile;
    return this;
  }

  /// How many numbered calls were made so far.
  public long count() {
    return count.get();
  }

  /// Whether the call given to [#crashAt] was reached.
  public boolean hasCrashed() {
    return crashed;
  }

  /// The call at which the fault struck first, for messages.
  public String struck() {
    return struck;
  }

  /// The last calls with their results, oldest first.
  public List<String> log() {
    synchronized (log) {
      return new ArrayList<>(log);
    }
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    if (call == SystemCall.CLOSE) {
      return real.call(call, a, b, c, d, e, f);
    }
    if (crashed) {
      throw new CrashError("crashed before " + call.manualName());
    }
    if (readsByPread && call == SystemCall.PREADV2) {
      return noted("-", call, -Errno.EOPNOTSUPP.number());
    }
    if (!matched.test(call)) {
      return noted("-", call, real.call(call, a, b, c, d, e, f));
    }
    long n = count.incrementAndGet();
    if (n == raceAt) {
      race.run();
    }
    stopIfWanted(n, call);
    boolean fails = n >= failFirst && n <= failLast && failFirst != NEVER;
    if (fails && n == failFirst) {
      struck = call.manualName();
    }
    long result = fails ? -errno.number() : real.call(call, a, b, c, d, e, f);
    if (n == haltAfter) {
      Runtime.getRuntime().halt(KILLED_STATUS);
    }
    return noted(Long.toString(n), call, result);
  }

  private void stopIfWanted(long n, SystemCall call) {
    if (n == haltBefore) {
      Runtime.getRuntime().halt(KILLED_STATUS);
    }
    if (n == crashAt) {
      crashed = true;
      struck = call.manualName();
      throw new CrashError("crashed at call " + n + ", " + call.manualName());
    }
  }

  private static void nothing() {}

  private long noted(String n, SystemCall call, long result) {
    String text =
        result < 0 && result > -4096
            ? Errno.of((int) -result) + " (" + -result + ")"
            : Long.toString(result);
    synchronized (log) {
      log.addLast(n + " " + call.manualName() + " = " + text);
      if (log.size() > LOG_MAX) {
        log.removeFirst();
      }
    }
    return result;
  }
}
