package dev.hashify.report;

import dev.hashify.file.PathText;
import dev.hashify.file.TreePath;
import java.util.Locale;

/// A page being written. Whatever comes from outside goes in through [#text] and [#path], which
/// leave nothing that a browser would act on; [#raw] is for what is written in this package.
final class Html {

  /// Longer paths are shortened in their middle: what tells them apart is at both ends.
  private static final int PATH_MAX = 240;

  private final StringBuilder page = new StringBuilder(1 << 16);

  /// Appends markup of ours.
  Html raw(String markup) {
    page.append(markup);
    return this;
  }

  /// Appends text, for the inside of an element or of a quoted attribute.
  Html text(String text) {
    page.append(escape(text));
    return this;
  }

  /// Appends a path in an element of its own, so that one written from right to left turns nothing
  /// around it.
  Html path(TreePath path) {
    return raw("<bdi>").text(shown(path)).raw("</bdi>");
  }

  /// Appends a row's cell with a number or a length.
  Html number(String text) {
    return raw("<td class=\"n\">").text(text).raw("</td>");
  }

  /// The path for people, not too long.
  static String shown(TreePath path) {
    return shorten(path.toString(), PATH_MAX);
  }

  /// The last name of a path, for a label.
  static String label(TreePath path) {
    return shorten(PathText.escape(path.name()), 60);
  }

  /// The text without its middle if it is longer than `most`.
  static String shorten(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int head = most / 3;
    int tail = text.length() - (most - head - 1);
    // Not between the halves of a pair.
    head -= Character.isHighSurrogate(text.charAt(head - 1)) ? 1 : 0;
    tail += Character.isLowSurrogate(text.charAt(tail)) ? 1 : 0;
    return text.substring(0, head) + "…" + text.substring(tail);
  }

  /// A share of a whole for a style or a label: `83.2%`.
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  static String escape(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> escaped.appendCodePoint(isHarmful(c) ? '\ufffd' : c);
          }
        });
    return escaped.toString();
  }

  /// What has no shape or turns the direction of what follows. Paths have it escaped before.
  private static boolean isHarmful(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\n';
      case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  String end() {
    return page.toString();
  }
}
