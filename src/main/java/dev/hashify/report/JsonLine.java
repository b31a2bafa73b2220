package dev.hashify.report;

import dev.hashify.file.PathText;
import dev.hashify.file.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// One JSON object being written, without a blank between its tokens.
///
/// What a terminal would act on is escaped in every text, so that a line may be looked at raw.
final class JsonLine {

  private static final HexFormat HEX = HexFormat.of();

  private static final char REPLACEMENT = '\ufffd';

  private final StringBuilder json;
  private boolean first = true;

  private JsonLine(StringBuilder json) {
    this.json = json;
    json.append('{');
  }

  /// An object that begins with its kind.
  static JsonLine event(String kind) {
    return new JsonLine(new StringBuilder(256)).text("event", kind);
  }

  JsonLine text(String key, String value) {
    key(key);
    quote(value);
    return this;
  }

  JsonLine number(String key, long value) {
    key(key);
    json.append(value);
    return this;
  }

  JsonLine seconds(String key, java.time.Duration value) {
    key(key);
    json.append(java.math.BigDecimal.valueOf(value.toMillis(), 3).toPlainString());
    return this;
  }

  JsonLine flag(String key, boolean value) {
    key(key);
    json.append(value);
    return this;
  }

  /// The path as text under `key`; if its bytes are not UTF-8, beside it those bytes under the key
  /// with `Base64` appended, and a replacement character in the text for each byte that is wrong.
  JsonLine path(String key, TreePath value) {
    byte[] bytes = value.bytes();
    if (isPlain(bytes)) {
      key(key);
      json.append('"').append(new String(bytes, StandardCharsets.ISO_8859_1)).append('"');
      return this;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    text(key, text);
    // Whatever is wrong has become a replacement character.
    if (text.indexOf(REPLACEMENT) >= 0 && !PathText.isUtf8(bytes)) {
      text(key + "Base64", Base64.getEncoder().encodeToString(bytes));
    }
    return this;
  }

  JsonLine texts(String key, List<String> values) {
    key(key);
    json.append('[');
    String separator = "";
    for (String value : values) {
      json.append(separator);
      quote(value);
      separator = ",";
    }
    json.append(']');
    return this;
  }

  /// An object for each of `values`, filled by `member`.
  <T> JsonLine objects(String key, List<T> values, BiConsumer<JsonLine, T> member) {
    key(key);
    json.append('[');
    String separator = "";
    for (T value : values) {
      json.append(separator);
      var inner = new JsonLine(json);
      member.accept(inner, value);
      json.append('}');
      separator = ",";
    }
    json.append(']');
    return this;
  }

  /// One object of paths.
  JsonLine paths(String key, List<TreePath> values) {
    return objects(key, values, (inner, path) -> inner.path("path", path));
  }

  /// The figures by reason, in the order of the enum; reasons that did not occur are left out.
  <E extends Enum<E>> JsonLine figures(String key, Map<E, Long> values) {
    key(key);
    var inner = new JsonLine(json);
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> inner.number(word(entry.getKey()), entry.getValue()));
    json.append('}');
    return this;
  }

  /// The stable word for a constant of one of our enums: `open-for-writing`.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// Members that were written by another line, from [#members] of it.
  JsonLine members(String written) {
    if (!first) {
      json.append(',');
    }
    first = false;
    json.append(written);
    return this;
  }

  /// The members so far, without the braces.
  String members() {
    return json.substring(1);
  }

  /// An object that begins with nothing.
  static JsonLine begun() {
    return new JsonLine(new StringBuilder(256));
  }

  /// The finished object with its line feed.
  String end() {
    return json.append("}\n").toString();
  }

  private void key(String key) {
    if (!first) {
      json.append(',');
    }
    first = false;
    // A word of ours, so nothing in it has to be escaped.
    json.append('"').append(key).append("\":");
  }

  /// Whether all of it is ASCII that stands for itself, as nearly every path is.
  private static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0x20 || b == '"' || b == '\\' || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /// Appends in pieces: a line for each of a hundred thousand paths is a good part of a run if it
  /// is put together from single characters.
  private void quote(String text) {
    json.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isMark = c == '"' || c == '\\';
      if (isMark || mustBeEscaped(c)) {
        json.append(text, plain, i).append('\\');
        plain = i + 1;
        if (isMark) {
          json.append(c);
        } else {
          json.append('u').append(HEX.toHexDigits(c));
        }
      }
    }
    if (plain == 0) {
      json.append(text);
    } else {
      json.append(text, plain, text.length());
    }
    json.append('"');
  }

  /// C0 and C1 controls, which terminals act on, and the two separators that JavaScript takes for
  /// the end of a line.
  private static boolean mustBeEscaped(char c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029';
  }
}
