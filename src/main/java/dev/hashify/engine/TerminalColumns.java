package dev.hashify.engine;

import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import java.util.OptionalInt;

/// How wide the terminal on standard error is. Asked anew each time, because windows are resized.
public final class TerminalColumns {

  private static final int STANDARD_ERROR = 2;

  private final Linux linux;

  /// @throws UnsupportedOperationException if this is no Linux machine the calls are known of
  public TerminalColumns() {
    this(new Linux(new NativeSystemCalls()));
  }

  TerminalColumns(Linux linux) {
    this.linux = linux;
  }

  /// The columns now; empty if it is no terminal, or one that does not know.
  public OptionalInt now() {
    return linux.terminals().columns(STANDARD_ERROR);
  }
}
