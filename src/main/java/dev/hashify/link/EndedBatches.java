package dev.hashify.link;

import dev.hashify.file.FileProblem;
import dev.hashify.os.ErrnoException;
import dev.hashify.store.JournalEntry;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batches that have ended and whose records are still in the journal: they go with the next sync,
/// which the next batch needs anyway.
///
/// A run that is killed before that leaves the record of a batch with nothing left to do. Threads:
/// any number.
final class EndedBatches {

  private final Store store;
  private final List<JournalEntry> waiting = new ArrayList<>();
  private final List<FileProblem> problems = new ArrayList<>();

  /// Held while the file system is synced.
  private final Object syncing = new Object();

  private @Nullable ErrnoException syncFailure;

  EndedBatches(Store store) {
    this.store = store;
  }

  /// Takes note that nothing of a batch is left to do.
  synchronized void add(JournalEntry entry) {
    waiting.add(entry);
  }

  /// Makes all that was done to the file system survive a power cut, and takes the batches out of
  /// the journal that had ended by then.
  ///
  /// The kernel tells of an error once, and it may be that of another thread's files. So whoever
  /// syncs after one that failed is told the same.
  ///
  /// @throws ErrnoException if it may not survive; no record was removed then
  void sync() throws ErrnoException {
    List<JournalEntry> ended;
    synchronized (syncing) {
      if (syncFailure != null) {
        throw syncFailure;
      }
      ended = take();
      try {
        store.sync();
      } catch (ErrnoException failed) {
        syncFailure = failed;
        ended.forEach(this::add);
        throw failed;
      }
    }
    ended.forEach(entry -> remove(entry::removeAfterSync));
  }

  /// Takes the last ones out of the journal, unless a sync has failed before: then nobody knows
  /// what survives, and the records are left for the next run.
  ///
  /// @return records that could not be removed, from all of the time
  List<FileProblem> finish() {
    synchronized (syncing) {
      List<JournalEntry> ended = syncFailure == null ? take() : List.of();
      // The sync of the first is one for all.
      if (!ended.isEmpty() && remove(ended.getFirst()::done)) {
        ended.stream().skip(1).forEach(entry -> remove(entry::removeAfterSync));
      }
    }
    synchronized (this) {
      List<FileProblem> told = List.copyOf(problems);
      problems.clear();
      return told;
    }
  }

  private synchronized List<JournalEntry> take() {
    List<JournalEntry> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  private interface Removal {
    void run() throws ErrnoException;
  }

  private boolean remove(Removal removal) {
    try {
      removal.run();
      return true;
    } catch (ErrnoException failed) {
      problem(
          new FileProblem(
              store.path(),
              "the journal of a finished batch was not removed",
              failed.why(),
              "the next run removes it"));
      return false;
    }
  }

  private synchronized void problem(FileProblem problem) {
    problems.add(problem);
  }
}
