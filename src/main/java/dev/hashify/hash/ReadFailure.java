package dev.hashify.hash;

import dev.hashify.os.ErrnoException;

/// Why reading a file gave nothing.
public sealed interface ReadFailure {

  /// It changed while it was read, or somebody waits to write to it.
  record Changed() implements ReadFailure {}

  /// A read failed.
  record Unreadable(ErrnoException cause) implements ReadFailure {}
}
