package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.IdentityKey;
import dev.hashify.plan.LongIntMap;
import dev.hashify.plan.Member;
import dev.hashify.plan.MemberPath;
import dev.hashify.report.RunEvent;
import dev.hashify.report.RunMode;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Writes down what became of each member: in the table, in the figures, to the listener. Safe for
/// many threads.
final class Outcomes {

  private final StoreWork work;
  private final List<OpenRoot> roots;
  private final EventSink sink;
  private final RunMode mode;
  private final boolean mtimeIgnored;
  private final Tally tally = new Tally();
  private final BitSet sharedRows = new BitSet();
  private final ReclaimedSpace reclaimed;

  /// The kept inodes that gained members.
  private final LongIntMap grown = new LongIntMap();

  private boolean wasInterrupted;

  /// Rows of files that became objects in this run.
  private final BitSet keptRows = new BitSet();

  Outcomes(StoreWork work, List<OpenRoot> roots, EventSink sink, UnifyRequest request) {
    this.work = work;
    this.roots = roots;
    this.sink = sink;
    this.mode = request.mode();
    this.mtimeIgnored = request.ignored().contains(IdentityKey.MTIME);
    this.reclaimed = new ReclaimedSpace(work.session().place());
  }

  /// The file has no partner.
  synchronized void unique(Member member) {
    setState(member, PathState.UNIQUE);
  }

  /// The file's inode is, or now is, an object.
  synchronized void kept(Member member) {
    setState(member, PathState.SHARED);
    if (!member.isObject()) {
      member.names().forEach(name -> keptRows.set(name.row()));
    }
  }

  /// Nothing was decided; the next run looks again. Counts as refused by the moment.
  synchronized void unsettled(Member member) {
    refused(member, Refusal.CHANGED);
  }

  synchronized void refused(Member member, Refusal reason) {
    setState(member, PathState.refused(reason));
  }

  synchronized void skipped(Member member, SkipReason reason) {
    setState(member, PathState.skipped(reason));
    for (var name : member.names()) {
      sink.skip(hostPath(name), reason, Optional.empty());
    }
  }

  synchronized void failed(Member member, FileProblem problem) {
    setState(member, PathState.PROBLEM);
    // The paths are counted by their state; what has no path is counted here.
    tally.otherProblems += member.names().isEmpty() ? 1 : 0;
    sink.problem(problem);
  }

  /// All names of the file share the keeper's inode now, or would.
  ///
  /// @param object the object as it is now; none in a dry run
  void shared(Member member, TreePath keeper, Optional<FileStat> object, long reclaimedBytes) {
    setShared(member, object, reclaimedBytes);
    tellShared(member, keeper, reclaimedBytes);
  }

  private synchronized void setShared(
      Member member, Optional<FileStat> object, long reclaimedBytes) {
    FileTable table = work.table();
    for (var name : member.names()) {
      // What kept the file from partners in an earlier run does so no more; a dry run has nothing
      // to put in its place.
      table.setState(name.row(), PathState.UNSETTLED);
      if (object.isPresent()) {
        countTime(table, name.row(), object.get());
        table.setShared(name.row(), object.get().inode(), object.get().modifiedNanos());
      }
      sharedRows.set(name.row());
    }
    countShared(member, reclaimedBytes);
    tally.inUse += member.isInUse() ? member.names().size() : 0;
    if (member.isObject()) {
      work.addOrphan(member.inode());
    }
  }

  private void countShared(Member member, long reclaimedBytes) {
    tally.shared += member.names().size();
    tally.reclaimedBytes += reclaimedBytes;
  }

  /// Putting it into words costs more than all else here, so no other thread waits for that.
  private void tellShared(Member member, TreePath keeper, long reclaimedBytes) {
    int names = member.names().size();
    for (int i = 0; i < names; i++) {
      MemberPath name = member.names().get(i);
      boolean isLast = i == names - 1;
      sink.tell(new RunEvent.Share(hostPath(name), keeper, isLast ? reclaimedBytes : 0, mode));
    }
    if (names > 0) {
      MemberPath last = member.names().getLast();
      TreePath root = roots.get(last.root()).given();
      reclaimed.add(root, last.path(), names, keeper, reclaimedBytes);
    }
  }

  /// Where the space was that came back, or would.
  ReclaimedSpace reclaimed() {
    return reclaimed;
  }

  /// The file has the keeper's blocks now, or would; all its names have, and nothing else of it
  /// changed.
  void cloned(Member member, TreePath keeper, long reclaimedBytes) {
    setCloned(member, reclaimedBytes);
    tellShared(member, keeper, reclaimedBytes);
  }

  private synchronized void setCloned(Member member, long reclaimedBytes) {
    for (var name : member.names()) {
      work.table().setState(name.row(), PathState.CLONED);
      sharedRows.set(name.row());
    }
    countShared(member, reclaimedBytes);
  }

  /// The file shared its blocks before this run.
  synchronized void alreadyCloned(Member member) {
    setState(member, PathState.CLONED);
  }

  /// Others have got the blocks of the file.
  synchronized void keptBlocks(Member member) {
    boolean isNew = work.table().state(member.names().getFirst().row()) != PathState.CLONED;
    setState(member, PathState.CLONED);
    if (isNew) {
      member.names().forEach(name -> keptRows.set(name.row()));
    }
  }

  /// Part of a file was shared before a difference showed, or before it failed.
  synchronized void reclaimedInPart(long bytes) {
    tally.reclaimedBytes += bytes;
  }

  private void countTime(FileTable table, int row, FileStat object) {
    if (mtimeIgnored && table.modifiedNanos(row) != object.modifiedNanos()) {
      tally.modifiedTimesChanged++;
    }
  }

  /// The file of inode `keeper` gained members; large groups gain them in parts.
  synchronized void group(long keeper) {
    tally.groups += grown.contains(keeper) ? 0 : 1;
    grown.put(keeper, 1);
  }

  /// What the run did not come to is looked at by the next one.
  synchronized void interrupted() {
    FileTable table = work.table();
    byte interrupted = PathState.refused(Refusal.INTERRUPTED);
    for (int row = 0; row < table.rows(); row++) {
      if (table.state(row) == PathState.UNSETTLED && !sharedRows.get(row)) {
        table.setState(row, interrupted);
        wasInterrupted = true;
      }
    }
  }

  /// Whether anything was not come to.
  synchronized boolean wasInterrupted() {
    return wasInterrupted;
  }

  synchronized void read(long bytes, long files) {
    tally.bytesRead += bytes;
    tally.filesRead += files;
  }

  synchronized void problem(FileProblem problem) {
    tally.otherProblems++;
    sink.problem(problem);
  }

  private void setState(Member member, byte state) {
    // Whatever stands in the way of moving an object's names, they stay names of an object.
    byte kept = member.isObject() ? PathState.SHARED : state;
    for (var name : member.names()) {
      work.table().setState(name.row(), kept);
      keptRows.clear(name.row());
    }
  }

  TreePath hostPath(MemberPath name) {
    return roots.get(name.root()).path().resolve(name.path());
  }

  TreePath hostPath(int row) {
    FileTable table = work.table();
    return roots.get(table.rootOf(table.directoryOf(row))).path().resolve(table.path(row));
  }

  /// Whether the path has found a partner in this run, or would.
  synchronized boolean isShared(int row) {
    return sharedRows.get(row);
  }

  /// Adds the content shared in this run to what `figures` count as shared.
  synchronized void addSharedNow(Tally figures) {
    long volume = work.session().volume();
    figures.sharedNow(volume, work.table(), sharedRows);
    figures.sharedNow(volume, work.table(), keptRows);
  }

  /// The figures of this store's groups, and of all rows of its table.
  synchronized Tally finish() {
    tally.table(work.session().volume(), work.table(), sharedRows, keptRows);
    return tally;
  }
}
