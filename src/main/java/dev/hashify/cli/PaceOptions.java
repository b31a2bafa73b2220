package dev.hashify.cli;

import dev.hashify.engine.Restraints;
import dev.hashify.engine.Restraints.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How fast and how urgently content is read, as typed.
final class PaceOptions {

  @Option(
      names = "--io-priority",
      paramLabel = "normal|idle",
      description =
          "idle: read and write only when nobody else wants to, where the scheduler of the device"
              + " knows priorities (bfq, mq-deadline).")
  Priority priority = Priority.NORMAL;

  @Option(
      names = "--max-read-rate",
      paramLabel = "BYTES",
      converter = RateConverter.class,
      description = "Read no more content a second than that: 50M. Default: no limit.")
  Optional<Long> maxReadRate = Optional.empty();

  /// @param time when to begin nothing more
  Restraints restraints(Optional<Duration> time) {
    OptionalLong rate =
        maxReadRate.isPresent() ? OptionalLong.of(maxReadRate.get()) : OptionalLong.empty();
    return new Restraints(priority, rate, time);
  }

  /// A size that is not nothing.
  static final class RateConverter implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
      long rate = new SizeConverter().convert(text);
      if (rate == 0) {
        throw new TypeConversionException("at a rate of 0 nothing is ever read");
      }
      return rate;
    }
  }
}
