package dev.hashify.cli;

import java.util.List;

/// Something that was named on the command line cannot be used; found out before the run.
final class NothingTouchedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ExitCode code;
  private final transient List<String> messages;

  /// @param messages all that is wrong, a line each, already fit to be shown
  NothingTouchedException(ExitCode code, List<String> messages) {
    super(String.join("\n", messages));
    this.code = code;
    this.messages = List.copyOf(messages);
  }

  ExitCode code() {
    return code;
  }

  List<String> messages() {
    return messages;
  }
}
