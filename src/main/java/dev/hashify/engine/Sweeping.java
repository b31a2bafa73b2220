package dev.hashify.engine;

import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.ObjectEntry;
import dev.hashify.os.ErrnoException;
import dev.hashify.store.ObjectName;
import dev.hashify.store.Progress;
import dev.hashify.store.Sweep;
import dev.hashify.store.SweepResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Drops objects that no path uses any more: at the end of a run those that paths have left, else
/// all.
final class Sweeping {

  private final StoreSession session;

  Sweeping(StoreSession session) {
    this.session = session;
  }

  /// Drops those of `work`'s orphans that have no name left.
  SweepResult orphans(StoreWork work) throws IndexException {
    List<ObjectName> names = new ArrayList<>();
    List<Long> inodes = new ArrayList<>();
    work.orphans().forEachKey(inodes::add);
    // The records of directories that went have been read by now; objects are as they were.
    for (long inode : inodes) {
      ObjectCatalog.of(work.reader(), session.volume())
          .byInode(inode)
          .flatMap(StoreSession::nameOf)
          .ifPresent(names::add);
    }
    return these(names);
  }

  /// Drops all objects without names.
  SweepResult all(Progress progress) throws IndexException, ErrnoException {
    session.indexIsToBeTold();
    SweepResult result = new Sweep(session.requireStore()).sweepAll(progress);
    forget(result);
    return result;
  }

  /// Drops those of `objects` that have no name left.
  SweepResult these(Collection<ObjectName> objects) throws IndexException {
    if (!objects.isEmpty()) {
      session.indexIsToBeTold();
    }
    SweepResult result = new Sweep(session.requireStore()).sweep(objects);
    forget(result);
    return result;
  }

  /// Takes what a sweep dropped out of the index: the kernel gives the numbers of dropped inodes to
  /// new files.
  private void forget(SweepResult result) throws IndexException {
    if (result.removed().isEmpty()) {
      session.indexIsTold();
      return;
    }
    Set<String> removed = new HashSet<>();
    for (var name : result.removed()) {
      removed.add(name.text());
    }
    var changes = new IndexChanges();
    try (var reader = session.index().reader()) {
      reader.forEachObject((ObjectEntry entry) -> forget(entry, removed, changes));
    }
    if (!changes.isEmpty()) {
      session.index().write(changes);
    }
    session.indexIsTold();
  }

  private void forget(ObjectEntry entry, Set<String> removed, IndexChanges changes) {
    if (entry.volume() == session.volume() && removed.contains(entry.name())) {
      changes.removeObject(entry.volume(), entry.inode());
    }
  }
}
