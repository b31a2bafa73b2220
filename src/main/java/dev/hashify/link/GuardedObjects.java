package dev.hashify.link;

import dev.hashify.file.FileProblem;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.Linux;
import dev.hashify.store.Guard;
import dev.hashify.store.JournalGuard;
import dev.hashify.store.ObjectName;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The objects of a batch whose guard is taken off for the moments in which they get and lose
/// names.
///
/// Which they are stands in the journal before the first guard comes off, so that a crash in
/// between is mended by the next run. Files of the batch are under a read lease all the while.
final class GuardedObjects {

  private final Linux linux;
  private final Store store;
  private final Guard guard;
  private final List<Guarded> keepers = new ArrayList<>();
  private final List<Guarded> duplicates = new ArrayList<>();
  private final Set<ObjectName> unguarded = new HashSet<>();
  private final List<FileProblem> problems = new ArrayList<>();
  private boolean complete = true;

  private record Guarded(ObjectName object, Descriptor file, long inode) {}

  GuardedObjects(Linux linux, Store store, Guard guard) {
    this.linux = linux;
    this.store = store;
    this.guard = guard;
  }

  /// Notes the keeper of a group, and those duplicates that are objects themselves.
  void add(ShareGroup group) {
    keepers.add(guarded(group));
    for (var duplicate : group.duplicates()) {
      var file = duplicate.file();
      duplicate
          .object()
          .ifPresent(
              name -> duplicates.add(new Guarded(name, file.descriptor(), file.stat().inode())));
    }
  }

  private static Guarded guarded(ShareGroup group) {
    var file = group.keeper().file();
    return new Guarded(group.keeper().object(), file.descriptor(), file.stat().inode());
  }

  /// What the journal must know.
  List<JournalGuard> journal() {
    if (guard == Guard.NONE) {
      return List.of();
    }
    List<JournalGuard> guards = new ArrayList<>();
    for (var object : keepers) {
      guards.add(new JournalGuard(object.object(), object.inode()));
    }
    for (var object : duplicates) {
      guards.add(new JournalGuard(object.object(), object.inode()));
    }
    return guards;
  }

  /// Takes all guards off.
  void open() {
    keepers.forEach(this::open);
    duplicates.forEach(this::open);
  }

  /// Takes the guard off one group's object again, to put its paths back.
  void open(ShareGroup group) {
    open(guarded(group));
  }

  private void open(Guarded object) {
    try {
      if ((linux.attributes().flags(object.file()) & InodeFlags.IMMUTABLE) != 0) {
        store.unprotect(object.file());
      }
    } catch (ErrnoException failed) {
      problems.add(problem(object, "its guard was not taken off", failed, "nothing was shared"));
    }
  }

  /// Puts the guards on the keepers.
  void close() {
    keepers.forEach(this::close);
  }

  /// Puts the guard on one group's object again.
  void close(ShareGroup group) {
    close(guarded(group));
  }

  /// Puts the guards on those duplicates that still have names.
  void closeDuplicates() {
    duplicates.forEach(this::close);
  }

  private void close(Guarded object) {
    if (guard == Guard.NONE) {
      return;
    }
    try {
      if (linux.stat().of(object.file()).links() > 0) {
        store.protect(object.file());
      }
    } catch (ErrnoException failed) {
      unguarded.add(object.object());
      complete = false;
      problems.add(problem(object, "its guard was not put on", failed, "the next run puts it on"));
    }
  }

  /// Whether a group's object should have a guard and has none.
  boolean isUnguarded(ShareGroup group) {
    return unguarded.contains(group.keeper().object());
  }

  /// Whether every guard is on that should be.
  boolean isComplete() {
    return complete;
  }

  /// What went wrong.
  List<FileProblem> problems() {
    return problems;
  }

  private FileProblem problem(
      Guarded object, String notDone, ErrnoException failed, String consequence) {
    return new FileProblem(
        store.path().child("objects").child(object.object().text()),
        notDone,
        failed.why(),
        consequence);
  }
}
