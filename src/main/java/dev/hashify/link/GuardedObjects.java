package dev.hashify.link;

import dev.hashify.file.Errno;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.Refusal;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.LeaseCalls.Grant;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.store.Guard;
import dev.hashify.store.JournalGuard;
import dev.hashify.store.ObjectName;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The objects of a batch, whose guard is put on when their names are exchanged, and taken off for
/// the moments in which they get and lose names if it stands in the way.
///
/// Which they are stands in the journal before the first guard comes off, so that a crash in
/// between is mended by the next run. Files of the batch are under a read lease all the while.
final class GuardedObjects {

  private final Linux linux;
  private final Store store;
  private final Guard guard;
  private final List<ShareGroup> groups = new ArrayList<>();
  private final List<Guarded> duplicates = new ArrayList<>();

  /// Why nothing may share these objects.
  private final Map<ObjectName, Refusal> objections = new HashMap<>();

  private final List<FileProblem> problems = new ArrayList<>();
  private boolean complete = true;

  private record Guarded(ObjectName object, OpenFile open) {
    Descriptor file() {
      return open.descriptor();
    }

    JournalGuard journal() {
      return new JournalGuard(object, open.stat().inode(), open.stat().modifiedNanos());
    }
  }

  GuardedObjects(Linux linux, Store store, Guard guard) {
    this.linux = linux;
    this.store = store;
    this.guard = guard;
  }

  /// Notes the keeper of a group, and those duplicates that are objects themselves.
  void add(ShareGroup group) {
    groups.add(group);
    for (var duplicate : group.duplicates()) {
      var file = duplicate.file();
      duplicate.object().ifPresent(name -> duplicates.add(new Guarded(name, file)));
    }
  }

  private static Guarded guarded(ShareGroup group) {
    return new Guarded(group.keeper().objectName(), group.keeper().file());
  }

  /// What the journal must know.
  List<JournalGuard> journal() {
    if (!guard.isOnInode()) {
      return List.of();
    }
    List<JournalGuard> guards = new ArrayList<>();
    for (var group : groups) {
      guards.add(guarded(group).journal());
    }
    for (var object : duplicates) {
      guards.add(object.journal());
    }
    return guards;
  }

  /// Takes all guards off that keep files from being linked and renamed.
  void open() {
    groups.forEach(this::open);
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
  ///
  /// @param inUse the objects that something is going to share. A seal is for good, so the others
  ///   are not sealed.
  void close(Set<ObjectName> inUse) {
    for (var group : groups) {
      if (guard != Guard.VERITY || inUse.contains(group.keeper().objectName())) {
        close(guarded(group));
        askAgain(group);
      }
    }
  }

  /// Puts the guard on one group's object that was [opened][#open(ShareGroup)] for a moment.
  void closeAgain(ShareGroup group) {
    if (guard == Guard.IMMUTABLE) {
      close(guarded(group));
    }
  }

  /// Puts the guards on those duplicates that still have names.
  void closeDuplicates() {
    duplicates.forEach(this::close);
  }

  private void close(Guarded object) {
    if (!guard.isOnInode()) {
      return;
    }
    try {
      if (linux.stat().of(object.file()).links() > 0) {
        store.putGuard(guard, object.file());
      }
    } catch (ErrnoException failed) {
      boolean isBusy = failed.is(Errno.ETXTBSY);
      objections.put(object.object(), isBusy ? Refusal.OPEN_FOR_WRITING : Refusal.CHANGED);
      complete = false;
      if (!isBusy) {
        problems.add(
            problem(object, "its guard was not put on", failed, "the next run puts it on"));
      }
    }
  }

  /// Asks for writers once more now that the guard is on: a program that had passed the kernel's
  /// permission check while it was off waits for our lease to end, and would then write.
  private void askAgain(ShareGroup group) {
    Guarded object = guarded(group);
    if (!guard.isOnInode() || objections.containsKey(object.object())) {
      return;
    }
    try {
      if (linux.leases().take(object.file()) != Grant.TAKEN) {
        objections.put(object.object(), Refusal.OPEN_FOR_WRITING);
      }
    } catch (ErrnoException _) {
      // What cannot be asked is not known, and what is not known is not shared.
      objections.put(object.object(), Refusal.CHANGED);
    }
  }

  /// Whether a group's object must stay one although nothing shares it: it is sealed, or was begun
  /// to be. Without its name in the store it would be taken for a file that somebody else sealed,
  /// and never be shared again; and a recovery that is to put its time back finds it by that name.
  boolean mustStay(ShareGroup group) {
    if (guard != Guard.VERITY) {
      return false;
    }
    FileStat then = group.keeper().file().stat();
    try {
      FileStat now = linux.stat().of(group.keeper().file().descriptor());
      return (now.attributes() & FileAttributes.VERITY) != 0
          || now.modifiedNanos() != then.modifiedNanos();
    } catch (ErrnoException _) {
      return true;
    }
  }

  /// Why nothing may share a group's object, if so: its guard is not on, or came too late.
  Optional<Refusal> objection(ShareGroup group) {
    return Optional.ofNullable(objections.get(group.keeper().objectName()));
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
