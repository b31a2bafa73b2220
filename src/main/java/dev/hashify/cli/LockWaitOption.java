package dev.hashify.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/// How patient to be, as typed.
final class LockWaitOption {

  @Option(
      names = "--lock-wait",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long to wait while another run uses the store: 30s, 5m, 1h. Default: 0, not at"
              + " all.")
  Duration lockWait = Duration.ZERO;
}
