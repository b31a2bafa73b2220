package dev.hashify.cli;

/// What makes the progress shown: time that goes on, and a user who asks.
@FunctionalInterface
interface Pulse {

  /// Begins.
  ///
  /// @param pauseMillis the time between two calls of `tick`; 0 for none
  /// @param tick called again and again, by one thread
  /// @param asked called when a user sends SIGUSR1, by another thread
  /// @return ends it: after closing neither is called any more
  Beating start(long pauseMillis, Runnable tick, Runnable asked);

  /// A pulse that has begun.
  interface Beating extends AutoCloseable {
    @Override
    void close();
  }
}
