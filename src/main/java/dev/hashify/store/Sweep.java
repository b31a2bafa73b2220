package dev.hashify.store;

import dev.hashify.file.ByteCount;
import dev.hashify.file.Errno;
import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.NameCalls;
import dev.hashify.os.OpenFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Removing objects whose other names are all gone.
///
/// An object is first renamed into `tmp`, where no adoption or link can find it, and only then
/// asked again how many names it has. With one it is unlinked; with more it is put back. Nothing
/// but the store's own name is ever unlinked, so whatever happens in between, a path that shares
/// the object keeps it. A sweep that is killed leaves at most one object in `tmp`, under a name
/// from which its own can be read; [#finishInterrupted] puts it back.
///
/// One thread; used once.
public final class Sweep {

  /// How many generations are tried for an object that comes back and finds its name taken.
  private static final int GENERATIONS_MAX = 1000;

  private final Store store;
  private final Linux linux;
  private final NameCalls names;
  private final Guards guards;

  private long looked;
  private long kept;
  private long freedBytes;
  private final List<ObjectName> removed = new ArrayList<>();
  private final List<FileProblem> problems = new ArrayList<>();

  /// Ready to begin.
  ///
  /// @param store open for [Access#CHANGE]
  public Sweep(Store store) {
    store.requireChange();
    this.store = store;
    linux = store.linux();
    names = linux.names();
    guards = new Guards(linux);
  }

  /// Removes those of `objects` that have no other name; names without an object are passed over.
  public SweepResult sweep(Collection<ObjectName> objects) {
    for (ObjectName object : objects) {
      sweepOne(object);
    }
    return result();
  }

  /// Removes all objects that have no other name.
  ///
  /// @throws ErrnoException if the store cannot be listed
  public SweepResult sweepAll(Progress progress) throws ErrnoException {
    store.forEachObject(
        new ObjectVisitor() {
          @Override
          public Visit object(StoredObject object) {
            if (object.links() == 1) {
              sweepOne(object.name());
            } else {
              looked++;
            }
            return progress.done(looked, 0);
          }

          @Override
          public void foreign(TreePath path, String what) {
            problems.add(new FileProblem(path, "not swept", what, "left as it was"));
          }

          @Override
          public void problem(FileProblem problem) {
            problems.add(problem);
          }
        });
    return result();
  }

  /// Puts back what an interrupted sweep had in hand.
  ///
  /// An object whose name has been taken since gets the next free generation, or is removed if it
  /// has no other name. May be called any number of times.
  ///
  /// @throws ErrnoException if `tmp` cannot be listed
  public SweepResult finishInterrupted() throws ErrnoException {
    for (Temporary temporary : store.temporaries()) {
      Optional<ObjectName> object = TemporaryNames.sweptObject(temporary.name().toString());
      if (object.isEmpty()) {
        continue;
      }
      looked++;
      if (!temporary.stat().isRegular()) {
        problem(store.tmpPath().child(temporary.name().bytes()), "not put back", "not a file");
        continue;
      }
      finish(object.get(), temporary.stat());
    }
    return result();
  }

  private void finish(ObjectName object, FileStat stat) {
    try {
      settle(object, stat);
    } catch (ErrnoException failed) {
      problem(store.tmpPath().child(TemporaryNames.swept(object)), "not put back", failed.why());
    }
  }

  private void settle(ObjectName object, FileStat stat) throws ErrnoException {
    if (putBack(object, object)) {
      return;
    }
    if (stat.links() == 1) {
      unlinkAside(object, stat);
    } else {
      putBackAsNextGeneration(object);
    }
  }

  private void putBackAsNextGeneration(ObjectName object) throws ErrnoException {
    for (int i = 1; i <= GENERATIONS_MAX; i++) {
      if (putBack(object, object.withGeneration(object.generation() + i))) {
        return;
      }
    }
    problem(store.tmpPath().child(TemporaryNames.swept(object)), "not put back", "no name is free");
  }

  private void sweepOne(ObjectName object) {
    looked++;
    try {
      Optional<FileStat> stat = store.stat(object);
      if (stat.isEmpty() || stat.get().links() != 1) {
        return;
      }
      if (!stat.get().isRegular()) {
        problem(store.objectPath(object), "not swept", "not a regular file");
        return;
      }
      remove(object);
    } catch (ErrnoException failed) {
      problem(store.objectPath(object), "not swept", failed.why());
    }
  }

  private void remove(ObjectName object) throws ErrnoException {
    var opened = store.open(object);
    if (opened.isEmpty()) {
      return;
    }
    try (var file = opened.get()) {
      if (file.stat().links() != 1) {
        return;
      }
      guards.unprotect(file.descriptor());
      try {
        moveAside(object);
        FileStat aside = linux.stat().of(store.tmp(), TemporaryNames.swept(object));
        if (aside.links() == 1 && aside.sharesInodeWith(file.stat())) {
          unlinkAside(object, aside);
          return;
        }
        kept++;
        settle(object, aside);
      } catch (ErrnoException failed) {
        restore(object, file);
        throw failed;
      }
      protectAgain(file);
    }
  }

  private void moveAside(ObjectName object) throws ErrnoException {
    Descriptor shard = store.shards().made(object);
    names.renameNoReplace(shard, object.fileNameBytes(), store.tmp(), TemporaryNames.swept(object));
  }

  private void unlinkAside(ObjectName object, FileStat stat) throws ErrnoException {
    names.unlink(store.tmp(), TemporaryNames.swept(object));
    removed.add(object);
    freedBytes += stat.allocatedBytes();
  }

  /// Returns whether the object has the name `as` again; `false` if that name is taken.
  private boolean putBack(ObjectName object, ObjectName as) throws ErrnoException {
    Descriptor shard = store.shards().made(as);
    try {
      names.renameNoReplace(store.tmp(), TemporaryNames.swept(object), shard, as.fileNameBytes());
    } catch (ErrnoException failed) {
      if (failed.is(Errno.EEXIST)) {
        return false;
      }
      throw failed;
    }
    var opened = store.open(as);
    if (opened.isPresent()) {
      try (var file = opened.get()) {
        protectAgain(file);
      }
    }
    return true;
  }

  /// After a failure between aside and gone: back to where it was, as far as that can be done. What
  /// cannot is left for [#finishInterrupted].
  private void restore(ObjectName object, OpenFile file) {
    try {
      putBack(object, object);
    } catch (ErrnoException _) {
      // It is still at its place, or stays in tmp until the next run.
    }
    try {
      protectAgain(file);
    } catch (ErrnoException failed) {
      problem(store.objectPath(object), "not made immutable again", failed.why());
    }
  }

  /// @param file with the stat from before its guard was taken off
  private void protectAgain(OpenFile file) throws ErrnoException {
    boolean wasImmutable = (file.stat().attributes() & FileAttributes.IMMUTABLE) != 0;
    if (wasImmutable || store.format().guard() == Guard.IMMUTABLE) {
      guards.protect(file.descriptor());
    }
  }

  private void problem(TreePath path, String notDone, String why) {
    problems.add(new FileProblem(path, notDone, why, "nothing that has a name elsewhere is lost"));
  }

  private SweepResult result() {
    return new SweepResult(looked, removed, new ByteCount(freedBytes), kept, problems);
  }
}
