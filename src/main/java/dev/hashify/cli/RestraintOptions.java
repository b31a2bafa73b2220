package dev.hashify.cli;

import dev.hashify.engine.Restraints;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a run leaves to others, as typed.
final class RestraintOptions {

  @Mixin PaceOptions paceOptions = new PaceOptions();

  @Option(
      names = "--time-limit",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Begin nothing more after that time: 30s, 5m, 1h. What promises most comes first; the"
              + " next run goes on with the rest.")
  Optional<Duration> timeLimit = Optional.empty();

  Restraints restraints() {
    return paceOptions.restraints(timeLimit);
  }
}
