package dev.hashify.select;

import java.util.Locale;
import java.util.Optional;

/// The named classes of POSIX brackets, such as `[[:digit:]]`, as the C locale has them: nothing
/// above 127 is in any of them.
enum CharacterClass {
  ALNUM,
  ALPHA,
  BLANK,
  CNTRL,
  DIGIT,
  GRAPH,
  LOWER,
  PRINT,
  PUNCT,
  SPACE,
  UPPER,
  XDIGIT;

  static Optional<CharacterClass> named(String name) {
    for (CharacterClass candidate : values()) {
      if (candidate.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  boolean contains(int c) {
    return switch (this) {
      case ALNUM -> isAlpha(c) || isDigit(c);
      case ALPHA -> isAlpha(c);
      case BLANK -> c == ' ' || c == '\t';
      case CNTRL -> c < ' ' || c == 0x7f;
      case DIGIT -> isDigit(c);
      case GRAPH -> c > ' ' && c < 0x7f;
      case LOWER -> isLower(c);
      case PRINT -> c >= ' ' && c < 0x7f;
      case PUNCT -> c > ' ' && c < 0x7f && !isAlpha(c) && !isDigit(c);
      case SPACE -> c == ' ' || (c >= '\t' && c <= '\r');
      case UPPER -> isUpper(c);
      case XDIGIT -> isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
  }

  private static boolean isAlpha(int c) {
    return isLower(c) || isUpper(c);
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
