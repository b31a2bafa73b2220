package dev.hashify.cli;

/// The signals by which a run is asked to stop.
enum StopSignal {
  HUP(ExitCode.HUNG_UP),
  INT(ExitCode.INTERRUPTED),
  TERM(ExitCode.TERMINATED);

  private final ExitCode code;

  StopSignal(ExitCode code) {
    this.code = code;
  }

  /// How a run ends that it stopped.
  ExitCode code() {
    return code;
  }
}
