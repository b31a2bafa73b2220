package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.os.ErrnoException;
import dev.hashify.report.RunMode;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.List;

/// Takes the guard off objects so that some of their names can be deleted. The guard is a flag of
/// the inode, so all other roots that share them are without it too until the next run puts it
/// back.
final class Releasing {

  private final StoreSession session;
  private final RunMode mode;
  private final List<FileProblem> problems = new ArrayList<>();
  private long released;

  Releasing(StoreSession session, RunMode mode) {
    this.session = session;
    this.mode = mode;
  }

  void run(SharedNames names) throws ErrnoException {
    Store store = session.requireStore();
    if (mode == RunMode.REAL && !names.found().isEmpty()) {
      // Before the first guard comes off, so that the next run knows whatever happens now.
      store.noteGuardsUnsettled();
    }
    for (var found : names.found().values()) {
      try {
        if (mode == RunMode.REAL) {
          release(store, found);
        }
        released += found.names().size();
      } catch (ErrnoException failed) {
        problems.add(
            new FileProblem(
                session.place().child("objects").child(found.object().name()),
                "its guard was not taken off",
                failed.why(),
                "its paths cannot be deleted yet"));
      }
    }
  }

  private static void release(Store store, SharedNames.Found found) throws ErrnoException {
    var name = StoreSession.nameOf(found.object());
    if (name.isEmpty()) {
      return;
    }
    var object = store.open(name.get());
    if (object.isPresent()) {
      try (var file = object.get()) {
        store.unprotect(file.descriptor());
      }
    }
  }

  long released() {
    return released;
  }

  List<FileProblem> problems() {
    return problems;
  }
}
