package dev.hashify.engine;

import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.LongIntMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a run gathers for one store: the roots it serves, the paths that need a decision, the
/// directories that are as they were.
///
/// While the walk goes on, many threads add to it under its lock; afterwards one thread at a time.
final class StoreWork implements AutoCloseable {

  private final StoreSession session;
  private final List<OpenRoot> roots;
  private final SettledRoots settled;
  private final boolean hasLostRoots;
  private final IndexReader reader;
  private final FileTable table = new FileTable();
  private final Tally tally = new Tally();
  private List<UnchangedDirectory> unchanged = new ArrayList<>();
  private final LongIntMap objectInodes = new LongIntMap();
  private final LongIntMap orphans = new LongIntMap();
  private final LongIntMap namesInside = new LongIntMap();
  private final List<Directory> goneDirectories = new ArrayList<>();
  private final List<Directory> unreadDirectories = new ArrayList<>();
  private final Settings settings;
  private final Map<Integer, Long> volumes = new HashMap<>();

  /// The volumes of the roots, each once.
  private final List<Long> allVolumes = new ArrayList<>();

  StoreWork(
      Settings settings,
      StoreSession session,
      List<OpenRoot> roots,
      SettledRoots settled,
      IndexReader reader) {
    this.settings = settings;
    this.session = session;
    for (var root : roots) {
      volumes.put(root.number(), root.volume());
      if (!allVolumes.contains(root.volume())) {
        allVolumes.add(root.volume());
      }
    }
    this.roots = List.copyOf(roots);
    this.settled = settled;
    this.hasLostRoots = settled.hasLost(roots);
    this.reader = reader;
  }

  /// A directory whose record still holds.
  record UnchangedDirectory(int root, dev.hashify.file.TreePath path, long inode) {}

  /// Which directory it is. The volume is that of its root: on Btrfs, roots of one store may be
  /// different subvolumes, and inode numbers repeat between those.
  record Directory(long volume, long inode) {}

  /// What of the request decides about the files of this store.
  Settings settings() {
    return settings;
  }

  /// The volume that everything in a root is on: what lies below a boundary is not entered.
  long volumeOf(int root) {
    return volumes.getOrDefault(root, session.volume());
  }

  /// A number for the file `inode` of `volume` that no other file of this work has.
  ///
  /// With one volume it is the inode number. Btrfs counts inodes of a subvolume from 257, so the
  /// upper 16 bits are free for which of several subvolumes it is.
  long fileNumber(long volume, long inode) {
    int at = allVolumes.size() == 1 ? 0 : allVolumes.indexOf(volume);
    return inode ^ ((long) at << 48);
  }

  /// Whether a root of the last run is missing in this one.
  boolean hasLostRoots() {
    return hasLostRoots;
  }

  /// Whether there may be objects to which files without partner have not been compared. After a
  /// kill the store may hold some of which only a run that changes it will tell the index.
  boolean hasNewObjects() {
    return settled.hasNewObjects() || session.indexWasIncomplete();
  }

  StoreSession session() {
    return session;
  }

  List<OpenRoot> roots() {
    return roots;
  }

  SettledRoots settled() {
    return settled;
  }

  /// The reader of the coordinating thread.
  IndexReader reader() {
    return reader;
  }

  FileTable table() {
    return table;
  }

  /// Adds figures of the roots of this work.
  synchronized void add(Tally figures) {
    tally.add(figures);
  }

  /// What has been added up so far.
  Tally tally() {
    return tally;
  }

  synchronized void addUnchanged(UnchangedDirectory directory) {
    unchanged.add(directory);
  }

  List<UnchangedDirectory> unchanged() {
    return unchanged;
  }

  /// What is left of them once those that concern something new have joined the table.
  void setUnchanged(List<UnchangedDirectory> left) {
    unchanged = left;
  }

  /// Notes that the inode of a path that takes part is an object.
  synchronized void addObject(long inode) {
    objectInodes.put(inode, 1);
  }

  boolean isObject(long inode) {
    return objectInodes.contains(inode);
  }

  /// Notes an object that a path has left: it may be without names now.
  synchronized void addOrphan(long inode) {
    orphans.put(inode, 1);
  }

  LongIntMap orphans() {
    return orphans;
  }

  /// Notes a directory that was there and is not any more.
  synchronized void addGone(long volume, long inode) {
    goneDirectories.add(new Directory(volume, inode));
  }

  List<Directory> gone() {
    return goneDirectories;
  }

  /// Notes a directory that could not be read: what is recorded of it and below is not up to date
  /// any more once this run is over.
  synchronized void addUnread(long volume, long inode) {
    unreadDirectories.add(new Directory(volume, inode));
  }

  List<Directory> unread() {
    return unreadDirectories;
  }

  /// Notes one more name of the inode in a place that counts as inside.
  synchronized void addNameInside(long inode) {
    namesInside.add(inode, 1);
  }

  int namesInside(long inode) {
    return namesInside.get(inode, 0);
  }

  @Override
  public void close() throws IndexException {
    reader.close();
    session.close();
  }
}
