package dev.hashify.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of the arguments.
///
/// The JVM decodes arguments by the locale: under `LC_ALL=C` every name that is not ASCII is lost,
/// under UTF-8 every name that is not UTF-8. The kernel still has them.
final class RawArguments {

  private RawArguments() {}

  /// The bytes of each of `arguments`, the arguments of `main`.
  static List<byte[]> of(String[] arguments) {
    try {
      return match(arguments, Files.readAllBytes(Path.of("/proc/self/cmdline")));
    } catch (IOException unreadable) {
      return match(arguments, new byte[0]);
    }
  }

  /// The last `arguments.length` of the strings in `commandLine`, each of which ends with a NUL:
  /// what stands before them is the JVM's own.
  ///
  /// If they cannot be the same arguments, those are taken as UTF-8: better what the JVM understood
  /// than the bytes of something else.
  static List<byte[]> match(String[] arguments, byte[] commandLine) {
    List<byte[]> all = split(commandLine);
    int skipped = all.size() - arguments.length;
    if (skipped >= 0) {
      List<byte[]> last = all.subList(skipped, all.size());
      if (agree(arguments, last)) {
        return List.copyOf(last);
      }
    }
    return Arrays.stream(arguments).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static List<byte[]> split(byte[] commandLine) {
    List<byte[]> all = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        all.add(Arrays.copyOfRange(commandLine, from, i));
        from = i + 1;
      }
    }
    return all;
  }

  /// Whether each argument is what a JVM could have made of the bytes: the ASCII characters are the
  /// same and in the same order, in every encoding that Linux is used with.
  private static boolean agree(String[] arguments, List<byte[]> raw) {
    for (int i = 0; i < arguments.length; i++) {
      if (!ascii(arguments[i]).equals(ascii(ArgumentText.of(raw.get(i))))) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(String text) {
    var kept = new StringBuilder(text.length());
    // U+FFFD, and '?' in some JVMs, stand for what could not be decoded.
    text.chars().filter(c -> c < 0x80 && c != '?').forEach(c -> kept.append((char) c));
    return kept.toString();
  }
}
