package dev.hashify.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `30s`, `5m`, `1h`, `0`.
final class DurationConverter implements ITypeConverter<Duration> {

  /// Nine digits are centuries in each unit and overflow in none.
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smh])|0");

  @Override
  public Duration convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException("'" + text + "' is not a duration such as 30s, 5m, 1h, 0");
    }
    if (form.group(1) == null) {
      return Duration.ZERO;
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
