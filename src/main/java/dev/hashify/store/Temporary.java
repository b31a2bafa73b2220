package dev.hashify.store;

import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;

/// Something in the store's `tmp`.
///
/// @param name a single component
public record Temporary(TreePath name, FileStat stat) {

  /// Who put it there.
  public enum Kind {
    /// A step of replacing a path.
    STEP,

    /// A sweep that was interrupted, see [Sweep#finishInterrupted].
    SWEPT,

    /// Not this program.
    FOREIGN
  }

  public Kind kind() {
    String text = name.toString();
    if (TemporaryNames.isTemporary(text)) {
      return Kind.STEP;
    }
    return TemporaryNames.sweptObject(text).isPresent() ? Kind.SWEPT : Kind.FOREIGN;
  }
}
