package dev.hashify.link;

import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.plan.MemberPath;
import dev.hashify.store.DisplacedFile;
import dev.hashify.store.Guard;
import dev.hashify.store.JournalEntry;
import dev.hashify.store.JournalGuard;
import dev.hashify.store.JournalStep;
import dev.hashify.store.ObjectName;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A batch of exchanges as the journal knows it: gathered, written down before the first of them,
/// and ended when nothing of it is left to do.
final class JournaledBatch implements AutoCloseable {

  private final Store store;
  private final EndedBatches ended;
  private final List<LinkRoot> roots;
  private final List<JournalStep> steps = new ArrayList<>();
  private final List<OpenDirectory> directories = new ArrayList<>();
  private final Set<Integer> touchedRoots = new HashSet<>();
  private @Nullable JournalEntry entry;

  /// @param ended where it goes at its end
  JournaledBatch(Store store, EndedBatches ended, List<LinkRoot> roots) {
    this.store = store;
    this.ended = ended;
    this.roots = roots;
  }

  /// A name and what it is exchanged with.
  ///
  /// @param temporary the temporary's name in the store's `tmp`
  record Name(MemberPath path, OpenDirectory directory, TreePath temporary) {}

  /// Adds a step.
  ///
  /// @param object the object that is shared, from now on or until now
  /// @param ours the file that is put at the name
  /// @param displaced the file that the name has
  /// @param group the same number for all names of one displaced file
  void add(Name name, ObjectName object, FileStat ours, DisplacedFile displaced, int group) {
    steps.add(
        new JournalStep(
            name.temporary().toString(),
            object,
            ours.inode(),
            ours.modifiedNanos(),
            roots.get(name.path().root()).path(),
            name.path().directory(),
            name.directory().inode(),
            name.path().name(),
            displaced,
            group));
    directories.add(name.directory());
    touchedRoots.add(name.path().root());
  }

  /// Writes all steps down. They survive a power cut on return, and so does all that was done to
  /// the file system before.
  ///
  /// @throws ErrnoException if not: nothing may be exchanged then
  void begin(List<JournalGuard> guards) throws ErrnoException {
    JournalEntry written = store.journal().prepare(steps, guards);
    try {
      ended.sync();
    } catch (ErrnoException failed) {
      written.giveUp();
      throw failed;
    }
    entry = written;
    for (int step = 0; step < steps.size(); step++) {
      directories.get(step).noteIn(written, step);
    }
  }

  /// Whether it stands in the journal.
  boolean hasBegun() {
    return entry != null;
  }

  /// The numbers of the roots it exchanges names in.
  Set<Integer> touchedRoots() {
    return touchedRoots;
  }

  /// Has it taken out of the journal if it is complete; else the next run reads it and ends what
  /// this one could not.
  ///
  /// @return what could not be removed
  List<FileProblem> end(boolean isComplete) {
    JournalEntry written = entry;
    if (written == null || !isComplete) {
      return List.of();
    }
    ended.add(written);
    // A recovery would take for its own what a user did to the time of a sealed object since.
    return store.format().guard() == Guard.VERITY ? ended.finish() : List.of();
  }

  @Override
  public void close() {
    JournalEntry written = entry;
    if (written != null) {
      written.close();
    }
  }
}
