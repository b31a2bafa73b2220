package dev.hashify.engine;

import dev.hashify.file.TreePath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One path of the host for each [dev.hashify.file.PathState], the first that came: for who wants
/// to see what a reason means. Asked for every file of a run, so it is an array.
final class Examples {

  private final @Nullable TreePath[] byState = new TreePath[256];

  boolean lacks(byte state) {
    return byState[state & 0xff] == null;
  }

  void note(byte state, TreePath path) {
    byState[state & 0xff] = path;
  }

  /// Takes from `other` what is lacking here.
  void add(Examples other) {
    for (int state = 0; state < byState.length; state++) {
      byState[state] = byState[state] == null ? other.byState[state] : byState[state];
    }
  }

  Optional<TreePath> of(byte state) {
    return Optional.ofNullable(byState[state & 0xff]);
  }
}
