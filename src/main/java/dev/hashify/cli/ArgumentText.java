package dev.hashify.cli;

import dev.hashify.file.PathText;
import dev.hashify.file.TreePath;
import java.nio.charset.StandardCharsets;

/// An argument as a string of one character for each of its bytes.
///
/// picocli takes strings only. Options and their words are ASCII and look as ever; everything else
/// comes through unchanged, whatever its encoding, and must be shown by [#display].
final class ArgumentText {

  private ArgumentText() {}

  static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// An argument that this program makes itself.
  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] bytes(String argument) {
    return argument.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The path that an argument names. Slashes at its end are dropped and several in a row are one,
  /// as for the kernel, so that a root has one form.
  static TreePath path(String argument) {
    String path = argument.replaceAll("/+", "/");
    boolean endsInSlash = path.length() > 1 && path.endsWith("/");
    return TreePath.of(bytes(endsInSlash ? path.substring(0, path.length() - 1) : path));
  }

  /// The argument, or a message that quotes one, for people.
  static String display(String argument) {
    return PathText.escape(bytes(argument));
  }
}
