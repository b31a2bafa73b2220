package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.walk.DirectoryVisitor;
import dev.hashify.walk.WalkItem;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/// Counts the names of inodes below a directory that counts as inside (`--inside`).
final class InodeCensus implements DirectoryVisitor<TreePath> {

  private final LongConsumer names;
  private final LongPredicate isCounted;
  private final Consumer<FileProblem> problems;

  /// @param names told the inode of each name that has several
  /// @param isCounted whether the names in a directory are counted elsewhere: a root, a store, or
  ///   one that has been seen
  InodeCensus(LongConsumer names, LongPredicate isCounted, Consumer<FileProblem> problems) {
    this.names = names;
    this.isCounted = isCounted;
    this.problems = problems;
  }

  @Override
  public void visit(
      WalkItem<TreePath> item, DirectoryListing listing, Consumer<WalkItem<TreePath>> descend) {
    for (int i = 0; i < listing.count(); i++) {
      if (listing.isDirectory(i)) {
        if (isCounted.test(listing.inode(i))) {
          continue;
        }
        byte[] name = listing.name(i);
        descend.accept(
            new WalkItem<>(item.root(), item.path().child(name), listing.inode(i), item.context()));
      } else if (listing.links(i) > 1) {
        names.accept(listing.inode(i));
      }
    }
  }

  @Override
  public void boundary(WalkItem<TreePath> directory) {
    // Names on another mount cannot be of our inodes.
  }

  @Override
  public void vanished(WalkItem<TreePath> directory) {
    // Names that went are not counted: the inode is refused, as it should be.
  }

  @Override
  public void unreadable(WalkItem<TreePath> directory, ErrnoException cause) {
    problems.accept(
        new FileProblem(
            directory.context().resolve(directory.path()),
            "cannot be listed",
            cause.why(),
            "files with names below it are refused"));
  }

  @Override
  public void close() {}
}
