package dev.hashify.cli;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The pulse of the program: a thread that sleeps most of the time, and SIGUSR1.
final class RealPulse implements Pulse {

  @Override
  public Beating start(long pauseMillis, Runnable tick, Runnable asked) {
    var beat = new Beat(pauseMillis, tick);
    Signals.onAsked(() -> beat.unlessOver(asked));
    Thread thread =
        pauseMillis == 0
            ? null
            : Thread.ofPlatform().name("hashify-progress").daemon().start(beat::run);
    return () -> beat.stop(thread);
  }

  private static final class Beat {
    private final long pauseNanos;
    private final Runnable tick;
    private volatile boolean isOver;

    Beat(long pauseMillis, Runnable tick) {
      this.pauseNanos = pauseMillis * 1_000_000;
      this.tick = tick;
    }

    void run() {
      while (!isOver) {
        LockSupport.parkNanos(pauseNanos);
        unlessOver(tick);
      }
    }

    void unlessOver(Runnable something) {
      if (!isOver) {
        something.run();
      }
    }

    void stop(@Nullable Thread thread) {
      isOver = true;
      LockSupport.unpark(thread);
    }
  }
}
