package dev.hashify.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// How a name is shown to people: one line, nothing a terminal would act on.
///
/// Valid UTF-8 stays as it is. A backslash is doubled; newline, tab and carriage return become a
/// backslash and `n`, `t` or `r`; other control characters and bytes that are not UTF-8 become a
/// backslash, `x` and two digits; characters that are invisible or would change the direction of
/// the text become a backslash, `u` and their number in braces. A reader can undo it; the program
/// never does.
public final class PathText {

  private PathText() {}

  /// The escaped form of `bytes`.
  public static String escape(byte[] bytes) {
    return escape(bytes, 0, bytes.length);
  }

  /// The escaped form of `length` bytes from `from` on.
  public static String escape(byte[] bytes, int from, int length) {
    var text = new StringBuilder(length + 8);
    int at = from;
    int end = from + length;
    while (at < end) {
      int size = sequenceLength(bytes[at]);
      String decoded = size == 0 || at + size > end ? "" : decode(bytes, at, size);
      if (decoded.isEmpty()) {
        appendByte(text, bytes[at]);
        at++;
      } else {
        appendCharacter(text, decoded.codePointAt(0), decoded);
        at += size;
      }
    }
    return text.toString();
  }

  /// Whether `bytes` are valid UTF-8, so that text can stand for them without loss.
  public static boolean isUtf8(byte[] bytes) {
    try {
      var _ = decoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException invalid) {
      return false;
    }
  }

  private static void appendCharacter(StringBuilder text, int codePoint, String decoded) {
    switch (codePoint) {
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      case '\r' -> text.append("\\r");
      default -> {
        if (codePoint < 0x80 && Character.isISOControl(codePoint)) {
          appendByte(text, (byte) codePoint);
        } else if (isHarmful(codePoint)) {
          text.append(String.format("\\u{%04x}", codePoint));
        } else {
          text.append(decoded);
        }
      }
    }
  }

  /// C1 controls, format characters (direction marks, zero-width), line and paragraph separators,
  /// and what has no shape of its own.
  private static boolean isHarmful(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void appendByte(StringBuilder text, byte b) {
    text.append(String.format("\\x%02x", b & 0xff));
  }

  private static int sequenceLength(byte lead) {
    int value = lead & 0xff;
    if (value < 0x80) {
      return 1;
    }
    if (value >= 0xc2 && value < 0xe0) {
      return 2;
    }
    if (value >= 0xe0 && value < 0xf0) {
      return 3;
    }
    return value >= 0xf0 && value < 0xf5 ? 4 : 0;
  }

  private static String decode(byte[] bytes, int from, int length) {
    if (length == 1) {
      return String.valueOf((char) bytes[from]);
    }
    try {
      CharBuffer decoded = decoder().decode(ByteBuffer.wrap(bytes, from, length));
      return decoded.toString();
    } catch (CharacterCodingException invalid) {
      return "";
    }
  }

  private static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
