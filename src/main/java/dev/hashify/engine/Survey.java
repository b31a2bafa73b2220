package dev.hashify.engine;

import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.file.TreePath;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.IndexException;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.Findings.Relaxation;
import dev.hashify.report.RunMode;
import dev.hashify.report.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks, once a run has done its work, at all its files again as they were listed: who uses which
/// space, and what a laxer identity would bring. Reads records of the index and nothing else; some
/// millions of files a second.
final class Survey {

  /// What names a content.
  enum Naming {
    /// Its object's inode.
    INODE,
    /// The light key, as in [SharedObjects]: a dry run does not know which files would be one, and
    /// files that share blocks are not one.
    KEY
  }

  /// How many directories of each root are told: enough for a picture of a few hundred roots.
  private static final int PARTS_TOLD_MAX = 60;

  private final SpaceSurvey space;
  private final Map<Integer, Integer> positions = new HashMap<>();
  private final List<LaxerIdentity> laxer = new ArrayList<>();
  private final Naming naming;

  /// @param roots all that took part
  Survey(List<OpenRoot> roots, Naming naming) {
    for (var root : roots) {
      positions.put(root.number(), positions.size());
    }
    this.space = new SpaceSurvey(roots.stream().map(OpenRoot::given).toList());
    this.naming = naming;
  }

  static Naming naming(RunMode mode) {
    return switch (mode) {
      case DRY -> Naming.KEY;
      case REAL -> Naming.INODE;
    };
  }

  /// Looks at the files of a store's roots.
  void add(StoreWork work, Outcomes outcomes, Set<IdentityKey> ignored) throws IndexException {
    laxer.clear();
    for (var key : IdentityKey.values()) {
      LaxerIdentity.without(key, ignored, work.settings().sharesBlocks()).ifPresent(laxer::add);
    }
    addTable(work, outcomes);
    for (var directory : work.unchanged()) {
      long volume = work.volumeOf(directory.root());
      DirectoryRecord record = work.reader().directory(volume, directory.inode());
      if (record != null) {
        enter(directory.root(), directory.path());
        var cursor = new RecordCursor(volume, record);
        for (int at = 0; at < record.count(); at++) {
          add(cursor.moveTo(at));
        }
      }
    }
  }

  private void addTable(StoreWork work, Outcomes outcomes) {
    FileTable table = work.table();
    var cursor = new TableCursor(work, outcomes);
    for (int directory = 0; directory < table.directories(); directory++) {
      int root = table.rootOf(directory);
      enter(root, table.source(directory).path());
      for (int row = table.firstRow(directory); row < table.endRow(directory); row++) {
        add(cursor.moveTo(row, root));
      }
    }
  }

  private void enter(int root, TreePath directory) {
    Integer position = positions.get(root);
    if (position == null) {
      throw new IllegalStateException("no root " + root);
    }
    space.enter(position, directory);
  }

  private void add(SurveyedFile file) {
    if (FileMode.isRegular(file.mode())
        && add(space, file, naming)
        && (file.isShared() || PathState.isAlone(file.state()))) {
      laxer.forEach(each -> each.add(file));
    }
  }

  /// Adds a file; says whether its content was not seen before.
  static boolean add(SpaceSurvey space, SurveyedFile file, Naming naming) {
    if (!file.isShared()) {
      return space.alone(number(file), file.links(), file.sizeBytes());
    }
    boolean isByInode = naming == Naming.INODE && file.state() == PathState.SHARED;
    return isByInode
        ? space.shared(number(file), file.sizeBytes())
        : space.shared(number(file), file.links(), ~file.key(), file.sizeBytes());
  }

  /// Inode numbers repeat on other volumes.
  private static long number(SurveyedFile file) {
    return file.inode() ^ Long.rotateLeft(file.volume() * 0x9E37_79B9_7F4A_7C15L, 17);
  }

  Space space() {
    return space.result(PARTS_TOLD_MAX);
  }

  /// What dropping a part of the identity would bring to the roots looked at last.
  List<Relaxation> relaxations() {
    return laxer.stream().map(LaxerIdentity::result).toList();
  }
}
