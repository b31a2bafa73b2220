package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.index.ObjectEntry;
import dev.hashify.os.ErrnoException;
import dev.hashify.plan.MemberPath;
import dev.hashify.store.LinkedNames.NameInDirectory;
import dev.hashify.walk.DirectoryVisitor;
import dev.hashify.walk.WalkItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Collects the names below some directories whose files are objects of a store. One thread at a
/// time.
final class SharedNames implements DirectoryVisitor<Integer> {

  private final StoreSession session;
  private final IndexReader reader;
  private final long storeInode;
  private final Map<Long, Found> found = new HashMap<>();
  private final Set<NameInDirectory> seen = new HashSet<>();
  private final List<FileProblem> problems = new ArrayList<>();
  private final Set<NameInDirectory> unseen = new HashSet<>();
  private final Set<Long> unseenDirectories = new HashSet<>();
  private final List<TreePath> rootPaths;

  /// @param rootPaths the paths of the directories walked, by number, for messages
  SharedNames(StoreSession session, IndexReader reader, List<TreePath> rootPaths) {
    this.session = session;
    this.reader = reader;
    this.rootPaths = rootPaths;
    storeInode = session.requireStore().directoryInode();
  }

  /// An object and its names.
  record Found(ObjectEntry object, List<FoundName> names) {}

  /// A name and the directory it is in.
  record FoundName(MemberPath path, long directoryInode) {}

  @Override
  public void visit(
      WalkItem<Integer> item, DirectoryListing listing, Consumer<WalkItem<Integer>> descend) {
    for (int i = 0; i < listing.count(); i++) {
      if (listing.failure(i).isPresent()) {
        unseen(item, listing, i);
      } else if (listing.isDirectory(i)) {
        if (listing.inode(i) != storeInode) {
          TreePath below = item.path().child(listing.name(i));
          descend.accept(new WalkItem<>(item.root(), below, listing.inode(i), item.context()));
        }
      } else if (listing.links(i) > 1) {
        look(item, listing, i);
      }
    }
  }

  private void unseen(WalkItem<Integer> item, DirectoryListing listing, int i) {
    TreePath name = TreePath.of(listing.name(i));
    unseen.add(new NameInDirectory(item.inode(), name));
    problems.add(
        new FileProblem(
            rootPaths.get(item.root()).resolve(item.path()).child(name.bytes()),
            "cannot be looked at",
            listing.failure(i).map(Errno::display).orElse(""),
            "left as it was, with the names it was linked with"));
  }

  /// Whether a name could not be looked at, so that nobody knows whether it shares an object.
  boolean isUnseen(NameInDirectory name) {
    return unseen.contains(name) || unseenDirectories.contains(name.directoryInode());
  }

  /// Looks at one entry.
  void look(WalkItem<Integer> item, DirectoryListing listing, int i) {
    try {
      Optional<ObjectEntry> object = session.catalog(reader).byInode(listing.inode(i));
      TreePath name = TreePath.of(listing.name(i));
      // Paths that were given may lie in each other.
      if (object.isPresent() && seen.add(new NameInDirectory(item.inode(), name))) {
        var path = new MemberPath(0, item.root(), item.path(), name);
        found
            .computeIfAbsent(listing.inode(i), _ -> new Found(object.get(), new ArrayList<>()))
            .names()
            .add(new FoundName(path, item.inode()));
      }
    } catch (IndexException failed) {
      throw new IndexUnusableError(failed);
    }
  }

  /// What was found, by inode.
  Map<Long, Found> found() {
    return found;
  }

  List<FileProblem> problems() {
    return problems;
  }

  @Override
  public void boundary(WalkItem<Integer> directory) {
    // Another mount has a store of its own.
  }

  @Override
  public void vanished(WalkItem<Integer> directory) {
    // What is gone shares nothing.
  }

  @Override
  public void unreadable(WalkItem<Integer> directory, ErrnoException cause) {
    unseenDirectories.add(directory.inode());
    problems.add(
        new FileProblem(
            rootPaths.get(directory.root()).resolve(directory.path()),
            "cannot be listed",
            cause.why(),
            "nothing below it was looked at"));
  }

  @Override
  public void close() {}
}
