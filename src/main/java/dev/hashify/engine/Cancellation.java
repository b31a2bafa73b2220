package dev.hashify.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Asks a run to stop. The batch in hand is finished first, so that nothing is left half done.
public final class Cancellation {

  private final AtomicBoolean requested = new AtomicBoolean();
  private final BooleanSupplier also;

  public Cancellation() {
    this(() -> false);
  }

  private Cancellation(BooleanSupplier also) {
    this.also = also;
  }

  /// One that is requested with this one, and also once `over` says so.
  Cancellation or(BooleanSupplier over) {
    return new Cancellation(() -> isRequested() || over.getAsBoolean());
  }

  /// Asks; any thread, any number of times.
  public void request() {
    requested.set(true);
  }

  public boolean isRequested() {
    return requested.get() || also.getAsBoolean();
  }
}
