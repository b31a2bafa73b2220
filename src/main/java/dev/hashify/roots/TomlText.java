package dev.hashify.roots;

import dev.hashify.file.TreePath;
import java.util.regex.Pattern;

/// A place in a TOML text, and what stands there.
final class TomlText {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");

  /// Truth values, numbers and dates.
  private static final Pattern BARE =
      Pattern.compile("true|false|[+-]?(inf|nan)|[+-]?[0-9][0-9A-Za-z_.:+-]*");

  private static final int SHORT_DIGITS = 4;
  private static final int HEX = 16;

  private final TreePath file;
  private final String text;
  private int at;

  TomlText(TreePath file, String text) {
    this.file = file;
    this.text = text;
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  boolean isAt(String what) {
    return text.startsWith(what, at);
  }

  /// Steps over `what` if it stands here.
  boolean take(String what) {
    boolean isHere = isAt(what);
    at += isHere ? what.length() : 0;
    return isHere;
  }

  void require(String what) throws ConfigurationException {
    skipBlanks();
    if (!take(what)) {
      throw wrong("expected '" + what + "'");
    }
  }

  void skipBlanks() {
    while (isAt(" ") || isAt("\t")) {
      at++;
    }
  }

  /// Blanks, comments and ends of lines.
  void skipLines() {
    while (!isAtEnd()) {
      if (isAt("#")) {
        skipToEndOfLine();
      } else if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      } else {
        return;
      }
    }
  }

  private void skipToEndOfLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  void requireEndOfLine() throws ConfigurationException {
    skipBlanks();
    if (isAt("#")) {
      skipToEndOfLine();
    }
    take("\r");
    if (!isAtEnd() && !isAt("\n")) {
      throw wrong("something follows that does not belong there");
    }
  }

  String word(String what) throws ConfigurationException {
    return match(WORD, what);
  }

  void requireBareValue() throws ConfigurationException {
    match(BARE, "a value (text stands in quotes)");
  }

  private String match(Pattern pattern, String what) throws ConfigurationException {
    var matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw wrong("expected " + what);
    }
    at = matcher.end();
    return matcher.group();
  }

  /// A string in quotes of any of the four kinds.
  String string() throws ConfigurationException {
    int start = at;
    boolean isBasic = isAt("\"");
    String one = isBasic ? "\"" : "'";
    String quote = isAt(one.repeat(3)) ? one.repeat(3) : one;
    boolean isOfLines = quote.length() > 1;
    at += quote.length();
    if (isOfLines && !take("\n")) {
      // A line end right after the opening quotes is not part of it.
      take("\r\n");
    }
    var value = new StringBuilder();
    while (!take(quote)) {
      if (isAtEnd() || (!isOfLines && isAt("\n"))) {
        at = start;
        throw wrong("the text has no end");
      }
      if (isBasic && take("\\")) {
        escape(value);
      } else {
        value.append(text.charAt(at++));
      }
    }
    return value.toString();
  }

  private void escape(StringBuilder value) throws ConfigurationException {
    if (isAtEnd()) {
      throw wrong("the text has no end");
    }
    char kind = text.charAt(at++);
    switch (kind) {
      case 'b' -> value.append('\b');
      case 't' -> value.append('\t');
      case 'n' -> value.append('\n');
      case 'f' -> value.append('\f');
      case 'r' -> value.append('\r');
      case '"', '\\' -> value.append(kind);
      case 'u' -> value.append(character(SHORT_DIGITS));
      case 'U' -> value.append(character(2 * SHORT_DIGITS));
      case ' ', '\t', '\r', '\n' -> {
        while (!isAtEnd() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
          at++;
        }
      }
      default -> throw wrong("\\" + ByteText.display(String.valueOf(kind)) + " means nothing");
    }
  }

  private String character(int digits) throws ConfigurationException {
    int end = Math.min(text.length(), at + digits);
    String number = text.substring(at, end);
    at = end;
    if (number.length() == digits && number.matches("[0-9A-Fa-f]+")) {
      long codePoint = Long.parseLong(number, HEX);
      if (codePoint <= Character.MAX_CODE_POINT) {
        return ByteText.of((int) codePoint);
      }
    }
    throw wrong("'" + ByteText.display(number) + "' is the number of no character");
  }

  /// What is wrong here.
  ConfigurationException wrong(String what) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    return new ConfigurationException(file, line, what);
  }
}
