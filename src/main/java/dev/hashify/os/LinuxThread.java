package dev.hashify.os;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A thread that calls the kernel very often.
///
/// Any thread may call the kernel; this one has its scratch memory at hand in a field. Looking it
/// up in a thread-local variable, twice for each call, took a tenth of a run's time where only the
/// fast compiler is used, which does not see through it.
public final class LinuxThread extends Thread {

  private @Nullable Memory memory;

  private LinuxThread(Runnable task, String name) {
    super(task, name);
    setDaemon(true);
  }

  /// Makes daemon threads named `prefix` and a number from 1.
  public static ThreadFactory factory(String prefix) {
    var count = new AtomicInteger();
    return task -> new LinuxThread(task, prefix + count.incrementAndGet());
  }

  /// Only for the thread itself.
  Memory memory() {
    Memory known = memory;
    if (known == null) {
      known = new Memory();
      memory = known;
    }
    return known;
  }
}
