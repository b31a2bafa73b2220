package dev.hashify.cli;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/// How patient to be, as typed.
final class LockWaitOption {

  Duration lockWait = Duration.ZERO;

  void addTo(CommandSpec spec) {
    spec.addOption(
        Options.value(
            "--lock-wait",
            "DURATION",
            new DurationConverter(),
            typed -> lockWait = typed,
            "How long to wait while another run uses the store: 30s, 5m, 1h. Default: 0, not at"
                + " all."));
  }
}
