package dev.hashify.store;

import dev.hashify.file.ContentId;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.hash.ByteComparer;
import dev.hashify.hash.GroupComparison;
import dev.hashify.hash.ReadFailure;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.OpenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Holding every object against its name, its record and the store's guard.
///
/// Reads the content of all objects once, in inode order within each shard; changes nothing, so
/// [Access#READ] is enough. One thread.
public final class Verification {

  private final Store store;
  private final LongFunction<Optional<RecordedObject>> recorded;

  /// A verification that has not begun.
  ///
  /// @param recorded what is remembered of the object of an inode; empty if nothing is
  public Verification(Store store, LongFunction<Optional<RecordedObject>> recorded) {
    this.store = store;
    this.recorded = recorded;
  }

  /// Tells each finding as it is made.
  ///
  /// @return how many objects were looked at
  /// @throws ErrnoException if the store cannot be listed
  public long run(Consumer<Finding> findings, Progress progress) throws ErrnoException {
    try (var comparer = new ByteComparer(store.linux())) {
      var pass = new Pass(comparer, findings, progress);
      store.forEachObject(pass);
      return pass.objects;
    }
  }

  /// One verification of all objects.
  private final class Pass implements ObjectVisitor {
    private final ByteComparer comparer;
    private final Consumer<Finding> findings;
    private final Progress progress;
    private long objects;

    /// Whether the run was stopped in the middle of a long object.
    private boolean isStopped;

    Pass(ByteComparer comparer, Consumer<Finding> findings, Progress progress) {
      this.comparer = comparer;
      this.findings = findings;
      this.progress = progress;
    }

    @Override
    public Visit object(StoredObject object) {
      objects++;
      checkMetadata(object);
      if (object.lacks(store.format().guard())) {
        findings.accept(new Finding.GuardMissing(object.name(), object.inode()));
      }
      checkContent(object);
      if (isStopped) {
        objects--;
        return Visit.STOP;
      }
      return progress.done(objects, comparer.bytesRead());
    }

    private void checkMetadata(StoredObject object) {
      Optional<RecordedObject> record = recorded.apply(object.inode());
      String drift = record.map(then -> drift(object, then)).orElse("");
      if (!drift.isEmpty()) {
        findings.accept(new Finding.MetadataDrifted(object.name(), object.inode(), drift));
      }
    }

    private void checkContent(StoredObject object) {
      try {
        Optional<OpenFile> opened = store.open(object.name());
        if (opened.isEmpty()) {
          unreadable(object, "vanished meanwhile");
          return;
        }
        try (var file = opened.get()) {
          checkContent(object, comparer.identify(file, _ -> mayGoOn()));
        }
      } catch (ErrnoException failed) {
        unreadable(object, failed.why());
      }
    }

    /// Tells of long objects while they are read.
    private boolean mayGoOn() {
      isStopped = progress.done(objects - 1, comparer.bytesRead()) == Visit.STOP;
      return !isStopped;
    }

    private void checkContent(StoredObject object, GroupComparison read) {
      if (isStopped) {
        return;
      }
      switch (read) {
        case GroupComparison.Compared(var id, var _) -> checkId(object, id);
        case GroupComparison.KeeperFailed(ReadFailure.Changed()) ->
            unreadable(object, "changed while it was read");
        case GroupComparison.KeeperFailed(ReadFailure.Unreadable(var cause)) ->
            unreadable(object, cause.why());
      }
    }

    private void checkId(StoredObject object, Optional<ContentId> id) {
      if (id.isEmpty()) {
        unreadable(object, "not read to its end");
      } else if (!id.get().equals(object.name().content())) {
        findings.accept(new Finding.ContentDamaged(object.name(), object.inode(), id.get()));
      }
    }

    private void unreadable(StoredObject object, String why) {
      findings.accept(new Finding.Unreadable(object.name(), object.inode(), why));
    }

    @Override
    public void foreign(TreePath path, String what) {
      findings.accept(new Finding.ForeignEntry(path, what));
    }

    @Override
    public void problem(FileProblem problem) {
      findings.accept(new Finding.NotSearched(problem));
    }
  }

  private static String drift(StoredObject now, RecordedObject then) {
    List<String> differences = new ArrayList<>();
    if (now.mode() != then.mode()) {
      differences.add(String.format("mode %o, was %o", now.mode(), then.mode()));
    }
    differ(differences, "uid", now.uid(), then.uid());
    differ(differences, "gid", now.gid(), then.gid());
    differ(differences, "size in bytes", now.sizeBytes(), then.sizeBytes());
    differ(differences, "mtime in nanoseconds", now.modifiedNanos(), then.modifiedNanos());
    return String.join("; ", differences);
  }

  private static void differ(List<String> differences, String what, long now, long then) {
    if (now != then) {
      differences.add(what + " " + now + ", was " + then);
    }
  }
}
