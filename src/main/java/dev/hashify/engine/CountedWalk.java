package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.os.ErrnoException;
import dev.hashify.walk.DirectoryVisitor;
import dev.hashify.walk.WalkItem;
import java.util.List;
import java.util.function.Consumer;

/// A visitor whose directories are counted while they are visited.
///
/// @param roots by number, for paths
record CountedWalk<C>(DirectoryVisitor<C> visitor, StageMeter meter, List<OpenRoot> roots)
    implements DirectoryVisitor<C> {

  @Override
  public void visit(WalkItem<C> item, DirectoryListing listing, Consumer<WalkItem<C>> descend) {
    meter.add(listing.count(), 0, () -> roots.get(item.root()).path().resolve(item.path()));
    visitor.visit(item, listing, descend);
  }

  @Override
  public void boundary(WalkItem<C> directory) {
    visitor.boundary(directory);
  }

  @Override
  public void vanished(WalkItem<C> directory) {
    visitor.vanished(directory);
  }

  @Override
  public void unreadable(WalkItem<C> directory, ErrnoException cause) {
    visitor.unreadable(directory, cause);
  }

  @Override
  public void close() {
    visitor.close();
  }
}
