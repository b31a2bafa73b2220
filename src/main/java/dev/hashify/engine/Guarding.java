package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.LeaseCalls.Grant;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.os.VolumeCalls.Volume;
import dev.hashify.store.Guard;
import dev.hashify.store.JournalEntry;
import dev.hashify.store.JournalGuard;
import dev.hashify.store.ObjectVisitor;
import dev.hashify.store.Repair;
import dev.hashify.store.Store;
import dev.hashify.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives all objects of a store one guard: after a release, and when another guard is asked for
/// than the one they were shared under.
final class Guarding {

  /// A record of the journal for so many: small enough to be written at once, large enough that its
  /// syncs do not count.
  private static final int BATCH_OBJECTS = 10_000;

  private final Linux linux;
  private final Store store;
  private final List<FileProblem> problems = new ArrayList<>();

  Guarding(Linux linux, Store store) {
    this.linux = linux;
    this.store = store;
  }

  /// Records the guard and goes through all objects if some may have another.
  ///
  /// @return a line for people, if anything was done
  Optional<String> settle(Guard guard) throws ErrnoException {
    if (store.format().guard() != guard) {
      // Before the guard is recorded, so that a kill in between is noticed.
      store.noteGuardsUnsettled();
      store.recordGuard(guard);
    }
    if (!store.areGuardsUnsettled()) {
      return Optional.empty();
    }
    List<StoredObject> others = othersThan(guard);
    changeAll(others, guard);
    if (guard.isOnInode()) {
      new Repair(store).guardDamaged();
    }
    if (problems.isEmpty()) {
      store.noteGuardsSettled();
    }
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of("guard " + guard.text() + " given to " + others.size() + " objects");
  }

  /// Puts the store's guard on all objects that lack it, whatever is noted of them.
  ///
  /// @return how many lacked it, those that could not be given it included
  int putOnAll() throws ErrnoException {
    Guard guard = store.format().guard();
    List<StoredObject> lacking = othersThan(guard);
    changeAll(lacking, guard);
    int outOfUse = guard.isOnInode() ? new Repair(store).guardDamaged() : 0;
    if (problems.isEmpty() && store.areGuardsUnsettled()) {
      store.noteGuardsSettled();
    }
    return lacking.size() + outOfUse;
  }

  private List<StoredObject> othersThan(Guard guard) throws ErrnoException {
    List<StoredObject> others = new ArrayList<>();
    store.forEachObject(
        new ObjectVisitor() {
          @Override
          public Visit object(StoredObject object) {
            if (!object.isAsUnder(guard)) {
              others.add(object);
            }
            return Visit.GO_ON;
          }

          @Override
          public void foreign(TreePath path, String what) {
            // Told when the store is verified.
          }

          @Override
          public void problem(FileProblem problem) {
            problems.add(problem);
          }
        });
    return others;
  }

  private void changeAll(List<StoredObject> objects, Guard guard) throws ErrnoException {
    if (guard != Guard.VERITY) {
      objects.forEach(object -> change(object, guard));
      return;
    }
    for (int from = 0; from < objects.size(); from += BATCH_OBJECTS) {
      sealAll(objects.subList(from, Math.min(from + BATCH_OBJECTS, objects.size())));
    }
  }

  /// What is in hand stands in the journal: sealing an object moves its modification time for a
  /// moment, and a kill must not make that moment last.
  private void sealAll(List<StoredObject> objects) throws ErrnoException {
    List<JournalGuard> journaled = new ArrayList<>();
    for (var object : objects) {
      journaled.add(new JournalGuard(object.name(), object.inode(), object.modifiedNanos()));
    }
    try (JournalEntry entry = store.journal().write(List.of(), journaled)) {
      int problemsBefore = problems.size();
      objects.forEach(object -> change(object, Guard.VERITY));
      if (problems.size() == problemsBefore) {
        entry.done();
      }
    }
  }

  private void change(StoredObject object, Guard guard) {
    try {
      var opened = store.open(object.name());
      if (opened.isEmpty()) {
        return;
      }
      try (var file = opened.get()) {
        if (guard != Guard.IMMUTABLE) {
          // What is immutable cannot be sealed either.
          store.unprotect(file.descriptor());
        }
        put(guard, object, file);
      }
    } catch (ErrnoException failed) {
      problems.add(
          problem(object, "its guard was not changed", failed.why(), "the next run tries again"));
    }
  }

  private FileProblem problem(StoredObject object, String notDone, String why, String leaves) {
    TreePath path = store.path().child("objects").resolve(TreePath.of(object.name().text()));
    return new FileProblem(path, notDone, why, leaves);
  }

  /// A program that has the object open for writing goes on to write to it on some file systems,
  /// whatever flag it has.
  private void put(Guard guard, StoredObject object, OpenFile file) throws ErrnoException {
    store.putGuard(guard, file.descriptor());
    if (guard == Guard.IMMUTABLE
        && linux.volumes().of(file.descriptor()).type() != Volume.EXT4
        && linux.leases().take(file.descriptor()) == Grant.HAS_WRITERS) {
      problems.add(
          problem(
              object,
              "guarded, but a program has it open and goes on writing",
              "the guard came after its opening (EAGAIN)",
              "stop that program and protect the store again"));
    }
  }

  /// What could not be done.
  List<FileProblem> problems() {
    return problems;
  }
}
