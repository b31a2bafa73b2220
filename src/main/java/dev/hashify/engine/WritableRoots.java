package dev.hashify.engine;

import dev.hashify.os.Mount;
import dev.hashify.os.Mounts;
import dev.hashify.report.RunMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Which roots a run may change. Those on read-only mounts were put there to stay as they are: that
/// is no failure, so they are left alone with a note, as read-only Btrfs subvolumes are.
///
/// @param roots those to use
/// @param notes on the others, for people
record WritableRoots(List<OpenRoot> roots, List<String> notes) {

  WritableRoots {
    roots = List.copyOf(roots);
    notes = List.copyOf(notes);
  }

  /// Looks at the mounts of the roots. A dry run keeps all of them: what could be saved on a mount
  /// that is read-only today is worth knowing.
  static WritableRoots of(List<OpenRoot> roots, RunMode mode) throws RunException {
    List<OpenRoot> writable = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Mounts mounts = mounts();
    for (var root : roots) {
      boolean isReadOnly = mounts.byId(root.stat().mountId()).map(Mount::isReadOnly).orElse(false);
      if (!isReadOnly || mode == RunMode.DRY) {
        writable.add(root);
      }
      if (isReadOnly) {
        String left = mode == RunMode.DRY ? "would be left alone" : "left alone";
        notes.add(root.given() + ": " + left + ": on a read-only mount");
      }
    }
    return new WritableRoots(writable, notes);
  }

  private static Mounts mounts() throws RunException {
    try {
      return Mounts.read();
    } catch (IOException failed) {
      throw new RunException.Unusable(
          "/proc/self/mountinfo: not read: " + failed.getMessage() + "; nothing was touched");
    }
  }
}
