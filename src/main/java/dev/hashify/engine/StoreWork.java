package dev.hashify.engine;

import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.LongIntMap;
import java.util.ArrayList;
import java.util.List;

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
  private List<UnchangedDirectory> unchanged = new ArrayList<>();
  private final LongIntMap objectInodes = new LongIntMap();
  private final LongIntMap orphans = new LongIntMap();
  private final LongIntMap namesInside = new LongIntMap();
  private final List<Long> goneDirectories = new ArrayList<>();
  private final List<Long> unreadDirectories = new ArrayList<>();

  StoreWork(StoreSession session, List<OpenRoot> roots, SettledRoots settled, IndexReader reader) {
    this.session = session;
    this.roots = List.copyOf(roots);
    this.settled = settled;
    this.hasLostRoots = settled.hasLost(roots);
    this.reader = reader;
  }

  /// A directory whose record still holds.
  record UnchangedDirectory(int root, dev.hashify.file.TreePath path, long inode) {}

  /// Whether a root of the last run is missing in this one.
  boolean hasLostRoots() {
    return hasLostRoots;
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
  synchronized void addGone(long inode) {
    goneDirectories.add(inode);
  }

  List<Long> gone() {
    return goneDirectories;
  }

  /// Notes a directory that could not be read: what is recorded of it and below is not up to date
  /// any more once this run is over.
  synchronized void addUnread(long inode) {
    unreadDirectories.add(inode);
  }

  List<Long> unread() {
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
