package dev.hashify.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of bytes: `4096`, `4k`, `4KiB`, `1M`; a unit is 1024 times the one before.
final class SizeConverter implements ITypeConverter<Long> {

  /// Six digits of the largest unit fit into a long; no file is larger than 2^63 bytes anyway.
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,18})B?|([0-9]{1,6})([KMGT])(?:iB?)?", Pattern.CASE_INSENSITIVE);

  private static final String UNITS = "kmgt";

  @Override
  public Long convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException("'" + text + "' is not a size such as 4096, 4k, 4KiB, 1M");
    }
    if (form.group(1) != null) {
      return Long.parseLong(form.group(1));
    }
    int unit = UNITS.indexOf(form.group(3).toLowerCase(Locale.ROOT)) + 1;
    return Long.parseLong(form.group(2)) << (10 * unit);
  }
}
