package dev.hashify.cli;

import dev.hashify.engine.Restraints;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// What a run leaves to others, as typed.
final class RestraintOptions {

  private final PaceOptions paceOptions = new PaceOptions();
  private Optional<Duration> timeLimit = Optional.empty();

  void addTo(CommandSpec spec) {
    paceOptions.addTo(spec);
    spec.addOption(
        Options.value(
            "--time-limit",
            "DURATION",
            new DurationConverter(),
            typed -> timeLimit = Optional.of(typed),
            "Begin nothing more after that time: 30s, 5m, 1h. What promises most comes first; the"
                + " next run goes on with the rest."));
  }

  Restraints restraints() {
    return paceOptions.restraints(timeLimit);
  }
}
