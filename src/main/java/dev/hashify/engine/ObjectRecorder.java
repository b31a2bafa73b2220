package dev.hashify.engine;

import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.ObjectEntry;
import dev.hashify.link.AdoptedObject;
import dev.hashify.link.BatchException;
import dev.hashify.link.BatchRecorder;
import java.util.List;

/// Tells the index of objects that come and go, before any path depends on them.
final class ObjectRecorder implements BatchRecorder {

  private final StoreWork work;

  ObjectRecorder(StoreWork work) {
    this.work = work;
  }

  @Override
  public void adopting() throws BatchException {
    try {
      work.session().indexIsToBeTold();
    } catch (IndexException failed) {
      throw notRecorded(failed);
    }
  }

  @Override
  public void adopted(List<AdoptedObject> objects) throws BatchException {
    var changes = new IndexChanges();
    for (var object : objects) {
      changes.putObject(entry(object));
    }
    try {
      // Nobody reads with it while files are compared, and what it sees LMDB cannot free.
      work.reader().refresh();
      Adoptions.note(work.reader(), changes);
      work.session().index().write(changes);
      work.session().indexIsTold();
    } catch (IndexException failed) {
      throw notRecorded(failed);
    }
  }

  @Override
  public void abandoned(List<AdoptedObject> objects) throws BatchException {
    var changes = new IndexChanges();
    for (var object : objects) {
      changes.removeObject(work.session().volume(), object.stat().inode());
    }
    try {
      work.session().index().write(changes);
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
            + "; nothing of this batch was replaced",
        failed);
  }
}
