package dev.hashify.benchmarks.compare;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// The strings of JSON that programs write one member or one object a line.
///
/// Lines and results are bytes in the guise of ISO 8859-1: a path is what it is in the file system,
/// whatever encoding it has.
final class JsonStrings {

  private static final int ESCAPED_UNIT_DIGITS = 4;

  private JsonStrings() {}

  /// The path called `name`, or what `nameBase64` holds where the path is not UTF-8.
  static Optional<String> path(String line, String name) {
    return member(line, name + "Base64")
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1))
        .or(() -> member(line, name));
  }

  /// The string member `name`. It cannot be taken for a part of another string, because there a
  /// quotation mark has a backslash before it.
  static Optional<String> member(String line, String name) {
    String key = "\"" + name + "\":";
    int at = line.indexOf(key);
    if (at < 0) {
      return Optional.empty();
    }
    int quote = at + key.length();
    if (quote < line.length() && line.charAt(quote) == ' ') {
      quote++;
    }
    return quote < line.length() && line.charAt(quote) == '"'
        ? Optional.of(decode(line, quote + 1))
        : Optional.empty();
  }

  private static String decode(String line, int start) {
    var text = new StringBuilder();
    int at = start;
    while (line.charAt(at) != '"') {
      char c = line.charAt(at++);
      if (c != '\\') {
        text.append(c);
      } else if (line.charAt(at) == 'u') {
        int end = at;
        var units = new StringBuilder();
        while (line.startsWith("u", end) || line.startsWith("\\u", end)) {
          int digits = line.indexOf('u', end) + 1;
          end = digits + ESCAPED_UNIT_DIGITS;
          units.append((char) Integer.parseInt(line, digits, end, 16));
        }
        text.append(bytes(units.toString()));
        at = end;
      } else {
        text.append(control(line.charAt(at++)));
      }
    }
    return text.toString();
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static char control(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }
}
