package dev.hashify.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The constants of an enum as words of the command line, in lower case.
final class Words<E extends Enum<E>> implements ITypeConverter<E> {

  private final E[] constants;

  private Words(E[] constants) {
    this.constants = constants;
  }

  static <E extends Enum<E>> Words<E> of(Class<E> type) {
    return new Words<>(type.getEnumConstants());
  }

  @Override
  public E convert(String text) {
    for (E constant : constants) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    String known = Arrays.stream(constants).map(Words::word).collect(Collectors.joining(", "));
    throw new TypeConversionException("'" + text + "' is none of " + known);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
