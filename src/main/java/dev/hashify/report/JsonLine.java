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
    text(key, new String(bytes, StandardCharsets.UTF_8));
    if (!PathText.isUtf8(bytes)) {
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

  /// The finished object with its line feed.
  String end() {
    return json.append("}\n").toString();
  }

  private void key(String key) {
    if (!first) {
      json.append(',');
    }
    first = false;
    quote(key);
    json.append(':');
  }

  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (mustBeEscaped(c)) {
        json.append("\\u").append(HEX.toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /// C0 and C1 controls, which terminals act on, and the two separators that JavaScript takes for
  /// the end of a line.
  private static boolean mustBeEscaped(char c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029';
  }
}
