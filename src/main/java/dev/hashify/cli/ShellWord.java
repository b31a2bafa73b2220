package dev.hashify.cli;

import dev.hashify.file.PathText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An argument as one has to type it.
final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWord() {}

  /// `hashify` with its arguments, fit to be pasted into a shell.
  static String commandLine(List<String> arguments) {
    return "hashify " + arguments.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
  }

  /// Quoted where need be: plain words stay as they are, other text stands in single quotes, and
  /// what must not reach a terminal as it is in the `$'…'` of bash, zsh and ksh.
  static String quote(String argument) {
    if (PLAIN.matcher(argument).matches()) {
      return argument;
    }
    byte[] bytes = ArgumentText.bytes(argument);
    String escaped = PathText.escape(bytes);
    if (escaped.replace("\\\\", "\\").equals(new String(bytes, StandardCharsets.UTF_8))) {
      return "'" + new String(bytes, StandardCharsets.UTF_8).replace("'", "'\\''") + "'";
    }
    var quoted = new StringBuilder("$'");
    for (byte b : bytes) {
      if (b < 0x20 || b == 0x7f) {
        // Octal always ends after three digits; \x would take a digit that follows.
        quoted.append(String.format("\\%03o", b & 0xff));
      } else {
        quoted.append(b == '\'' || b == '\\' ? "\\" : "").append((char) b);
      }
    }
    return quoted.append('\'').toString();
  }
}
