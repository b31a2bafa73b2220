package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.store.Guard;
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

  private final Store store;
  private final List<FileProblem> problems = new ArrayList<>();

  Guarding(Store store) {
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
    for (var object : others) {
      change(object, guard);
    }
    if (guard == Guard.IMMUTABLE) {
      new Repair(store).guardDamaged();
    }
    if (problems.isEmpty()) {
      store.noteGuardsSettled();
    }
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of("guard " + guard.text() + " given to " + others.size() + " objects");
  }

  private List<StoredObject> othersThan(Guard guard) throws ErrnoException {
    List<StoredObject> others = new ArrayList<>();
    store.forEachObject(
        new ObjectVisitor() {
          @Override
          public Visit object(StoredObject object) {
            if (object.isImmutable() != (guard == Guard.IMMUTABLE)) {
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

  private void change(StoredObject object, Guard guard) {
    try {
      var opened = store.open(object.name());
      if (opened.isEmpty()) {
        return;
      }
      try (var file = opened.get()) {
        switch (guard) {
          case IMMUTABLE -> store.protect(file.descriptor());
          case NONE -> store.unprotect(file.descriptor());
        }
      }
    } catch (ErrnoException failed) {
      problems.add(
          new FileProblem(
              store.path().child("objects").resolve(TreePath.of(object.name().text())),
              "its guard was not changed",
              failed.why(),
              "the next run tries again"));
    }
  }

  /// What could not be done.
  List<FileProblem> problems() {
    return problems;
  }
}
