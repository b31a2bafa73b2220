package dev.hashify.engine;

import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.ObjectEntry;
import dev.hashify.link.AdoptedObject;
import dev.hashify.link.BatchException;
import dev.hashify.link.BatchRecorder;
import java.util.List;

/// Tells the index of objects that come and go, some thousands at a time.
///
/// Nothing depends on when it is told: from before the first object comes until the last is
/// written, the index is marked as one that may not know all, and after a kill they are listed from
/// the store. Threads: any number.
final class ObjectRecorder implements BatchRecorder {

  /// Some 3 MB in memory, 144 bytes each and a name; a commit for each batch of the linker took two
  /// syncs more.
  private static final int PENDING_MAX = 10_000;

  private final StoreWork work;
  private final IndexChanges pending = new IndexChanges();

  /// Batches that are adopting now, or failed while they did.
  private int adopting;

  ObjectRecorder(StoreWork work) {
    this.work = work;
  }

  @Override
  public synchronized void adopting() throws BatchException {
    adopting++;
    distrust();
  }

  @Override
  public synchronized void adopted(List<AdoptedObject> objects) throws BatchException {
    for (var object : objects) {
      pending.putObject(entry(object));
    }
    adopting--;
    writeMany();
  }

  @Override
  public synchronized void abandoned(List<AdoptedObject> objects) throws BatchException {
    distrust();
    for (var object : objects) {
      pending.removeObject(work.session().volume(), object.stat().inode());
    }
    writeMany();
  }

  private void distrust() throws BatchException {
    try {
      work.session().indexIsToBeTold();
    } catch (IndexException failed) {
      throw notRecorded(failed);
    }
  }

  private void writeMany() throws BatchException {
    if (pending.count() >= PENDING_MAX) {
      write();
    }
  }

  /// Writes what has not been written, so that readers find it once they are refreshed.
  synchronized void write() throws BatchException {
    try {
      if (!pending.isEmpty()) {
        // Nobody reads with it while files are compared, and what it sees LMDB cannot free.
        work.reader().refresh();
        Adoptions.note(work.reader(), pending);
        work.session().index().write(pending);
        pending.clear();
      }
      if (adopting == 0) {
        work.session().indexIsTold();
      }
    } catch (IndexException failed) {
      throw notRecorded(failed);
    }
  }

  private ObjectEntry entry(AdoptedObject object) {
    var stat = object.stat();
    return new ObjectEntry(
        work.session().volume(),
        stat.inode(),
        object.name().text(),
        stat.sizeBytes(),
        stat.modifiedNanos(),
        stat.mode(),
        stat.uid(),
        stat.gid(),
        object.name().key());
  }

  private BatchException notRecorded(IndexException failed) {
    return new BatchException(
        work.session().place()
            + ": the index was not written: "
            + failed.getMessage()
            + "; what was shared stays, and the next run tells it",
        failed);
  }
}
