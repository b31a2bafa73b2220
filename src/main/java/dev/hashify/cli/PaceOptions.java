package dev.hashify.cli;

import dev.hashify.engine.Restraints;
import dev.hashify.engine.Restraints.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/// How fast and how urgently content is read, as typed.
final class PaceOptions {

  private Priority priority = Priority.NORMAL;
  private OptionalLong maxReadRate = OptionalLong.empty();

  void addTo(CommandSpec spec) {
    spec.addOption(
        Options.value(
            "--io-priority",
            "normal|idle",
            Words.of(Priority.class),
            typed -> priority = typed,
            "idle: read and write only when nobody else wants to, where the scheduler of the device"
                + " knows priorities (bfq, mq-deadline)."));
    spec.addOption(
        Options.value(
            "--max-read-rate",
            "BYTES",
            PaceOptions::rate,
            typed -> maxReadRate = OptionalLong.of(typed),
            "Read no more content a second than that: 50M. Default: no limit."));
  }

  /// @param time when to begin nothing more
  Restraints restraints(Optional<Duration> time) {
    return new Restraints(priority, maxReadRate, time);
  }

  /// A size that is not nothing.
  private static long rate(String text) {
    long rate = new SizeConverter().convert(text);
    if (rate == 0) {
      throw new TypeConversionException("at a rate of 0 nothing is ever read");
    }
    return rate;
  }
}
