package dev.hashify.link;

import dev.hashify.file.Errno;
import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.hash.SameBytes;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.MemberPath;
import dev.hashify.store.DisplacedFile;
import dev.hashify.store.Guard;
import dev.hashify.store.JournalGuard;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives paths private copies of the file they share, a batch at a time.
///
/// The copies of a batch are made and synced first, then exchanged under the journal: a path reads
/// the shared file or the copy, and never less.
public final class Breaker {

  private final Linux linux;
  private final Store store;
  private final List<LinkRoot> roots;
  private final Standstill standstill;

  public Breaker(Linux linux, Store store, List<LinkRoot> roots) {
    this(linux, store, roots, Standstill.NONE);
  }

  /// @param standstill stops programs around the exchanges of each batch
  public Breaker(Linux linux, Store store, List<LinkRoot> roots, Standstill standstill) {
    this.standstill = standstill;
    this.linux = linux;
    this.store = store;
    this.roots = List.copyOf(roots);
  }

  /// What a batch did.
  ///
  /// @param broken paths that have a private copy now
  /// @param copiedBytes what the copies take
  /// @param refused paths that were left, and why
  /// @param problems what failed
  public record Result(
      List<MemberPath> broken,
      long copiedBytes,
      List<RefusedPath> refused,
      List<FileProblem> problems) {
    public Result {
      broken = List.copyOf(broken);
      refused = List.copyOf(refused);
      problems = List.copyOf(problems);
    }
  }

  /// A path that was left as it was.
  public record RefusedPath(MemberPath path, Refusal reason) {}

  /// Breaks each file's names from the object.
  ///
  /// @throws BatchException if the store cannot be written: nothing has been exchanged then
  public Result apply(List<SharedFile> files) throws BatchException {
    try (var batch = new Batch()) {
      for (var file : files) {
        batch.copy(file);
      }
      batch.prepare();
      batch.run();
      return new Result(batch.broken, batch.copiedBytes, batch.refused, batch.problems);
    }
  }

  /// One file with its copy and the temporaries for its names.
  ///
  /// @param extended the attributes that were copied
  private record Copied(
      SharedFile file,
      OpenFile copy,
      ExtendedAttributes extended,
      List<JournaledBatch.Name> names) {}

  private final class Batch implements AutoCloseable {
    private final OpenDirectories directories = new OpenDirectories(linux, roots);
    private final boolean isForHardLinks = store.format().guard().isForHardLinks();
    private final FileCopy copier =
        new FileCopy(
            linux, isForHardLinks ? FileCopy.Blocks.CLONED_IF_POSSIBLE : FileCopy.Blocks.OWN);
    private final List<Copied> exchanged = new ArrayList<>();
    private final List<Copied> copies = new ArrayList<>();
    private final List<MemberPath> broken = new ArrayList<>();
    private final List<RefusedPath> refused = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();
    private final EndedBatches ended = new EndedBatches(store);
    private final JournaledBatch journal = new JournaledBatch(store, ended, roots);
    private long copiedBytes;
    private boolean leftBehind;

    /// The copy has no name until the journal knows which it will have, so a kill leaves nothing of
    /// it.
    void copy(SharedFile file) {
      try {
        Descriptor copy = linux.open().createUnnamed(store.tmp(), 0600);
        try {
          fill(file, copy);
        } catch (ErrnoException failed) {
          copy.close();
          throw failed;
        }
      } catch (ErrnoException failed) {
        problem(file.names().getFirst(), "no copy made", failed);
      }
    }

    /// Takes over `copy` unless it fails.
    private void fill(SharedFile file, Descriptor copy) throws ErrnoException {
      ExtendedAttributes extended = copier.make(file.file(), copy);
      Optional<Refusal> objection = objection(file, extended);
      if (objection.isPresent()) {
        refuse(file, objection.get());
        copy.close();
        return;
      }
      List<JournaledBatch.Name> names = new ArrayList<>();
      for (var path : file.names()) {
        OpenDirectory directory = directories.get(path.root(), path.directory());
        TreePath temporary = TreePath.of(store.newTemporaryName());
        names.add(new JournaledBatch.Name(path, directory, temporary));
      }
      FileStat stat = linux.stat().of(copy);
      copies.add(new Copied(file, new OpenFile(copy, stat), extended, names));
      copiedBytes += stat.allocatedBytes();
    }

    /// Whether the file changed while it was copied, or somebody waits to write to it.
    private Optional<Refusal> objection(Copied copied) throws ErrnoException {
      return objection(copied.file(), copied.extended());
    }

    /// The change time is not asked for: exchanges of an object's other names move it.
    private Optional<Refusal> objection(SharedFile file, ExtendedAttributes extended)
        throws ErrnoException {
      OpenFile shared = file.file();
      if (!linux.leases().isUndisturbed(shared.descriptor())) {
        return Optional.of(Refusal.OPEN_FOR_WRITING);
      }
      FileStat now = linux.stat().of(shared.descriptor());
      boolean isSame =
          SameBytes.isSameVersion(shared.stat(), now)
              && linux.attributes().extended(shared.descriptor()).equals(extended);
      return isSame ? Optional.empty() : Optional.of(Refusal.CHANGED);
    }

    void prepare() throws BatchException {
      if (copies.isEmpty()) {
        return;
      }
      List<JournalGuard> guards = new ArrayList<>();
      for (int i = 0; i < copies.size(); i++) {
        Copied copied = copies.get(i);
        SharedFile file = copied.file();
        FileStat shared = file.file().stat();
        var displaced = DisplacedFile.of(shared, copied.extended());
        for (var name : copied.names()) {
          journal.add(name, file.object(), copied.copy().stat(), displaced, i);
        }
        if (store.format().guard().isOnInode()) {
          guards.add(new JournalGuard(file.object(), shared.inode(), shared.modifiedNanos()));
        }
      }
      try {
        journal.begin(guards);
      } catch (ErrnoException failed) {
        throw new BatchException(
            store.path()
                + ": its journal was not written, or not synced: "
                + failed.why()
                + "; nothing was broken",
            failed);
      }
    }

    void run() {
      if (!journal.hasBegun()) {
        return;
      }
      try (var pause = standstill.begin(journal.touchedRoots())) {
        if (standstill.isDemanded() && !pause.moving().isEmpty()) {
          copies.forEach(copied -> refuse(copied.file(), Refusal.IN_USE));
        } else {
          exchangeAll();
        }
      }
      problems.addAll(directories.restoreTimes());
      problems.addAll(journal.end(!leftBehind));
      problems.addAll(ended.finish());
    }

    private void exchangeAll() {
      Guard guard = store.format().guard();
      guard(store::unprotect);
      for (var copied : copies) {
        exchange(copied);
      }
      exchanged.forEach(this::finish);
      if (guard.isOnInode()) {
        guard(object -> store.putGuard(guard, object));
      }
    }

    private interface GuardAction {
      void on(Descriptor file) throws ErrnoException;
    }

    private void guard(GuardAction action) {
      for (var copied : copies) {
        try {
          action.on(copied.file().file().descriptor());
        } catch (ErrnoException failed) {
          leftBehind = true;
          problem(copied.file().names().getFirst(), "the guard was not changed", failed);
        }
      }
    }

    /// Exchanges all names of a file, or none: they are hard links of each other.
    private void exchange(Copied copied) {
      Optional<Refusal> objection = Optional.empty();
      try {
        for (var name : copied.names()) {
          if (objection.isEmpty()) {
            objection = exchange(copied, name);
          }
        }
      } catch (ErrnoException failed) {
        problem(copied.names().getFirst().path(), "not given a private copy", failed);
        copied.names().forEach(name -> putBack(copied, name));
        return;
      }
      if (objection.isPresent()) {
        refuse(copied.file(), objection.get());
        copied.names().forEach(name -> putBack(copied, name));
        return;
      }
      exchanged.add(copied);
    }

    /// Drops what was displaced. That is a further name of an object, or, where blocks were shared,
    /// all there is of the file: then it is looked at once more, so that what somebody wrote to it
    /// meanwhile comes back.
    private void finish(Copied copied) {
      try {
        Optional<Refusal> objection = isForHardLinks ? Optional.empty() : objection(copied);
        if (objection.isEmpty()) {
          copied.names().forEach(this::drop);
          return;
        }
        refuse(copied.file(), objection.get());
      } catch (ErrnoException failed) {
        problem(copied.names().getFirst().path(), "not given a private copy", failed);
      }
      copied.names().forEach(name -> putBack(copied, name));
    }

    /// Exchanges one name; says why the file must be left, if it must.
    private Optional<Refusal> exchange(Copied copied, JournaledBatch.Name name)
        throws ErrnoException {
      FileStat shared = copied.file().file().stat();
      byte[] base = name.path().name().bytes();
      byte[] temporary = name.temporary().bytes();
      FileStat now;
      try {
        now = linux.stat().of(name.directory().descriptor(), base);
      } catch (ErrnoException failed) {
        if (failed.is(Errno.ENOENT)) {
          return Optional.of(Refusal.VANISHED);
        }
        throw failed;
      }
      Optional<Refusal> objection =
          now.sharesInodeWith(shared) ? objection(copied) : Optional.of(Refusal.CHANGED);
      if (objection.isPresent()) {
        return objection;
      }
      linux.names().linkOpenFile(copied.copy().descriptor(), store.tmp(), temporary);
      name.directory().exchange(base, store.tmp(), temporary);
      FileStat out = linux.stat().of(store.tmp(), temporary);
      return out.sharesInodeWith(shared) ? objection(copied) : Optional.of(Refusal.CHANGED);
    }

    /// Drops the name of the shared file that a copy has taken the place of.
    private void drop(JournaledBatch.Name name) {
      broken.add(name.path());
      try {
        linux.names().unlink(store.tmp(), name.temporary().bytes());
      } catch (ErrnoException failed) {
        leftBehind = true;
        problems.add(
            new FileProblem(
                store.path().child("tmp").resolve(name.temporary()),
                "not removed",
                failed.why(),
                "the next run removes it"));
      }
    }

    /// If somebody has put another file at the path meanwhile, the displaced one is what that took
    /// the place of, and can go.
    private void putBack(Copied copied, JournaledBatch.Name name) {
      var exchange =
          new PutBack.Exchange(
              name.directory(),
              name.path().name(),
              name.temporary(),
              copied.copy().stat(),
              copied.file().file().stat());
      try {
        leftBehind |= !new PutBack(linux, store.tmp()).run(exchange, () -> true);
      } catch (ErrnoException failed) {
        leftBehind = true;
        problem(name.path(), "an exchange was not taken back", failed);
      }
    }

    private void refuse(SharedFile file, Refusal reason) {
      for (var path : file.names()) {
        refused.add(new RefusedPath(path, reason));
      }
    }

    private void problem(MemberPath path, String notDone, ErrnoException failed) {
      problems.add(
          new FileProblem(
              roots.get(path.root()).path().resolve(path.path()),
              notDone,
              failed.why(),
              "it is shared as before"));
    }

    @Override
    public void close() {
      for (var copied : copies) {
        copied.copy().close();
      }
      copier.close();
      journal.close();
      directories.close();
    }
  }
}
