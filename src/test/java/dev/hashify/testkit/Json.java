package dev.hashify.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A strict reader of JSON (RFC 8259), so that what we write is checked by something that did not
/// write it. Doubled members, blanks, lone surrogates and raw control characters are errors too.
///
/// Objects are maps in the order of their members, arrays are lists, numbers are [BigDecimal].
public final class Json {

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /// The object that `line` is, and nothing besides.
  public static Map<String, Object> object(String line) {
    var json = new Json(line);
    Map<String, Object> object = json.readObject();
    json.demand(json.at == line.length(), "end of text");
    return object;
  }

  private void demand(boolean fulfilled, String what) {
    if (!fulfilled) {
      throw new AssertionError("not JSON: " + what + " expected at " + at + " of " + text);
    }
  }

  private char peek() {
    demand(at < text.length(), "more");
    return text.charAt(at);
  }

  private void take(char expected) {
    demand(peek() == expected, "'" + expected + "'");
    at++;
  }

  private Object readValue() {
    return switch (peek()) {
      case '{' -> readObject();
      case '[' -> readArray();
      case '"' -> readText();
      case 't' -> readWord("true", true);
      case 'f' -> readWord("false", false);
      default -> readNumber();
    };
  }

  private boolean readWord(String word, boolean value) {
    demand(text.startsWith(word, at), word);
    at += word.length();
    return value;
  }

  private BigDecimal readNumber() {
    int from = at;
    while (at < text.length() && "0123456789-.".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(from, at);
    demand(number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?"), "a number");
    return new BigDecimal(number);
  }

  private Map<String, Object> readObject() {
    Map<String, Object> members = new LinkedHashMap<>();
    take('{');
    while (peek() != '}') {
      if (!members.isEmpty()) {
        take(',');
      }
      String key = readText();
      take(':');
      demand(members.put(key, readValue()) == null, "no second " + key);
    }
    take('}');
    return members;
  }

  private List<Object> readArray() {
    List<Object> elements = new ArrayList<>();
    take('[');
    while (peek() != ']') {
      if (!elements.isEmpty()) {
        take(',');
      }
      elements.add(readValue());
    }
    take(']');
    return elements;
  }

  private String readText() {
    var read = new StringBuilder();
    take('"');
    while (peek() != '"') {
      char c = text.charAt(at++);
      demand(c >= 0x20 && c != 0x7f, "no control character");
      read.append(c == '\\' ? readEscape() : c);
    }
    at++;
    String value = read.toString();
    demand(
        value.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE),
        "no lone surrogate");
    return value;
  }

  private char readEscape() {
    char c = peek();
    at++;
    if (c == '"' || c == '\\') {
      return c;
    }
    demand(c == 'u' && at + 4 <= text.length(), "a known escape");
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }
}
