package dev.hashify.engine;

import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.file.TreePath;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.report.RootSpace;
import dev.hashify.report.StatusReport.RootState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the records of the last run say of its roots: goes from record to record and looks at no
/// root. A directory that has none was new at the last run's end, or could not be read.
final class RecordedRoots {

  private final IndexReader reader;
  private final List<SettledRoots.Entry> roots;
  private final SpaceSurvey survey;

  RecordedRoots(IndexReader reader, List<SettledRoots.Entry> roots) {
    this.reader = reader;
    this.roots = roots;
    this.survey = new SpaceSurvey(roots.stream().map(SettledRoots.Entry::path).toList());
  }

  /// Figures of paths, by what became of them.
  private static final class Figures {
    private long paths;
    private long shared;
    private long unique;
    private long skipped;
    private long refused;

    void count(byte state) {
      paths++;
      shared += state == PathState.SHARED || state == PathState.CLONED ? 1 : 0;
      unique += state == PathState.UNIQUE ? 1 : 0;
      skipped += PathState.skipReason(state).isPresent() ? 1 : 0;
      refused += PathState.refusal(state).isPresent() ? 1 : 0;
    }
  }

  /// The state of each root, in their order.
  List<RootState> read() throws IndexException {
    List<Figures> figures = new ArrayList<>();
    for (int at = 0; at < roots.size(); at++) {
      figures.add(read(at));
    }
    List<RootSpace> spaces = survey.result(0).roots();
    List<RootState> states = new ArrayList<>();
    for (int at = 0; at < roots.size(); at++) {
      Figures each = figures.get(at);
      RootSpace space = spaces.get(at);
      states.add(
          new RootState(
              roots.get(at).path(),
              each.paths,
              each.shared,
              each.unique,
              each.skipped,
              each.refused,
              space.ownBytes(),
              space.sharedBytes()));
    }
    return states;
  }

  private Figures read(int position) throws IndexException {
    SettledRoots.Entry root = roots.get(position);
    var figures = new Figures();
    survey.enter(position, TreePath.EMPTY);
    Deque<Long> directories = new ArrayDeque<>(List.of(root.inode()));
    // The top of a nested Btrfs subvolume has the inode number of the top that it lies in.
    Set<Long> seen = new HashSet<>(directories);
    while (!directories.isEmpty()) {
      DirectoryRecord record = reader.directory(root.volume(), directories.removeLast());
      if (record == null) {
        continue;
      }
      var cursor = new RecordCursor(root.volume(), record);
      for (int at = 0; at < record.count(); at++) {
        if (!FileMode.isDirectory(record.mode(at))) {
          figures.count(record.state(at));
          if (FileMode.isRegular(record.mode(at))) {
            Survey.add(survey, cursor.moveTo(at), Survey.Naming.INODE);
          }
        } else if (record.state(at) == PathState.UNIQUE && seen.add(record.inode(at))) {
          directories.add(record.inode(at));
        }
      }
    }
    return figures;
  }
}
