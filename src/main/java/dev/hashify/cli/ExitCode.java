package dev.hashify.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/// How the program ends. The numbers are part of the command line: none changes its meaning.
enum ExitCode {
  DONE(0, "done"),
  NOT_DONE(1, "the run could not be done: no usable root, no guard, not enough space"),
  USAGE(2, "wrong usage or a rule list that cannot be used; nothing was touched"),
  PROBLEMS(3, "done, but some files had problems"),
  STORE_UNUSABLE(4, "a store or index cannot be used"),
  STORE_IN_USE(5, "a store is in use by another run"),
  BUG(70, "a bug in this program"),
  HUNG_UP(129, "stopped by SIGHUP after the batch in hand"),
  INTERRUPTED(130, "stopped by SIGINT after the batch in hand"),
  TERMINATED(143, "stopped by SIGTERM after the batch in hand");

  private final int number;
  private final String text;

  ExitCode(int number, String text) {
    this.number = number;
    this.text = text;
  }

  int number() {
    return number;
  }

  String text() {
    return text;
  }

  /// Numbers and meanings in the form in which picocli prints them.
  static Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      table.put(Integer.toString(code.number), code.text);
    }
    return table;
  }
}
