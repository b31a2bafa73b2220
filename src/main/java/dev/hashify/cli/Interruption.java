package dev.hashify.cli;

import dev.hashify.engine.Cancellation;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// How a user stops a run: the first signal asks, the second insists.
final class Interruption {

  private final Cancellation cancellation = new Cancellation();
  private final AtomicReference<@Nullable StopSignal> first = new AtomicReference<>();
  private final Consumer<Interruption> watch;
  private final IntConsumer halt;

  /// @param watch begins to tell of signals
  /// @param halt ends the JVM at once
  Interruption(Consumer<Interruption> watch, IntConsumer halt) {
    this.watch = watch;
    this.halt = halt;
  }

  /// From here on signals ask instead of ending the program.
  Cancellation begin() {
    watch.accept(this);
    return cancellation;
  }

  /// A signal came; any thread.
  void signalled(StopSignal signal) {
    if (first.compareAndSet(null, signal)) {
      cancellation.request();
    } else {
      halt.accept(signal.code().number());
    }
  }

  /// How an interrupted run ends.
  ExitCode code() {
    StopSignal signal = first.get();
    return signal == null ? ExitCode.INTERRUPTED : signal.code();
  }
}
