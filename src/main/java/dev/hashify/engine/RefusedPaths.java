package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.IndexException;
import dev.hashify.plan.DirectorySource;
import dev.hashify.plan.FileTable;
import java.util.List;
import java.util.Optional;

/// Tells which paths were refused, once that is certain: what the index calls refused, or what
/// looks refused in the middle of a run, may yet be shared.
final class RefusedPaths {

  private final StoreWork work;
  private final List<OpenRoot> roots;
  private final EventSink sink;

  RefusedPaths(StoreWork work, List<OpenRoot> roots, EventSink sink) {
    this.work = work;
    this.roots = roots;
    this.sink = sink;
  }

  void tell() throws IndexException {
    FileTable table = work.table();
    for (int directory = 0; directory < table.directories(); directory++) {
      DirectorySource source = table.source(directory);
      for (int row = table.firstRow(directory); row < table.endRow(directory); row++) {
        Optional<Refusal> refusal = PathState.refusal(table.state(row));
        if (refusal.isPresent()) {
          sink.refuse(path(source.root(), source.path()).child(table.name(row)), refusal.get());
        }
      }
    }
    for (var directory : work.unchanged()) {
      DirectoryRecord record =
          work.reader().directory(work.volumeOf(directory.root()), directory.inode());
      if (record != null) {
        tell(directory, record);
      }
    }
  }

  private void tell(StoreWork.UnchangedDirectory directory, DirectoryRecord record) {
    for (int at = 0; at < record.count(); at++) {
      Optional<Refusal> refusal = PathState.refusal(record.state(at));
      if (refusal.isPresent()) {
        sink.refuse(path(directory.root(), directory.path()).child(record.name(at)), refusal.get());
      }
    }
  }

  private TreePath path(int root, TreePath below) {
    return roots.get(root).path().resolve(below);
  }
}
