package dev.hashify.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/// Asks a run to stop. The batch in hand is finished first, so that nothing is left half done.
public final class Cancellation {

  private final AtomicBoolean requested = new AtomicBoolean();

  /// Asks; any thread, any number of times.
  public void request() {
    requested.set(true);
  }

  public boolean isRequested() {
    return requested.get();
  }
}
