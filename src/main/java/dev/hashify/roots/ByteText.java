package dev.hashify.roots;

import dev.hashify.file.PathText;
import dev.hashify.file.TreePath;
import java.nio.charset.StandardCharsets;

/// The content of a configuration as a string of one character for each of its bytes, so that a
/// path in it comes through whatever its encoding.
final class ByteText {

  private ByteText() {}

  static String of(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  /// What a character beyond ASCII is in a file.
  static String of(int codePoint) {
    return of(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
  }

  /// The path that a text names; slashes at its end are dropped.
  static TreePath path(String text) {
    int end = text.length();
    while (end > 1 && text.charAt(end - 1) == '/') {
      end--;
    }
    return TreePath.of(text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
  }

  /// A text of the file for people.
  static String display(String text) {
    return PathText.escape(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
