package dev.hashify.os;

import java.util.OptionalInt;

/// What a terminal says of itself.
public final class TerminalCalls {

  /// `TIOCGWINSZ` (asm-generic/ioctls.h).
  private static final long WINDOW_SIZE = 0x5413;

  private final Kernel kernel;

  TerminalCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /// How many columns the terminal on a standard descriptor has now; empty if it is no terminal, or
  /// one that does not know, as a serial line.
  ///
  /// @param standardDescriptor 0, 1 or 2
  public OptionalInt columns(int standardDescriptor) {
    Memory memory = Memory.ofThread();
    // struct winsize: rows, columns, and two that nobody fills; 2 bytes each.
    Memory.clear(memory.structure, 8);
    long result =
        kernel.raw(SystemCall.IOCTL, standardDescriptor, WINDOW_SIZE, memory.structure, 0, 0);
    int columns = Short.toUnsignedInt(Memory.getShort(memory.structure + 2));
    return result < 0 || columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
  }
}
