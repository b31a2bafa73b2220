package dev.hashify.cli;

import dev.hashify.file.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The bytes of the environment: the JVM decodes it by the locale, as it does with arguments.
final class EnvironmentVariables {

  private EnvironmentVariables() {}

  /// What this process was given; nothing without `/proc`.
  static Map<String, TreePath> read() {
    try {
      return parse(Files.readAllBytes(Path.of("/proc/self/environ")));
    } catch (IOException _) {
      return Map.of();
    }
  }

  /// Strings of the form `NAME=value`, each with a NUL behind it; of two of one name the first
  /// counts, as it does for getenv(3).
  static Map<String, TreePath> parse(byte[] environ) {
    Map<String, TreePath> variables = new HashMap<>();
    for (String entry : ArgumentText.of(environ).split("\0", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        byte[] value = entry.substring(equals + 1).getBytes(StandardCharsets.ISO_8859_1);
        variables.putIfAbsent(entry.substring(0, equals), TreePath.of(value));
      }
    }
    return variables;
  }
}
