package dev.hashify.walk;

import dev.hashify.file.DirectoryListing;
import dev.hashify.os.ErrnoException;
import java.util.function.Consumer;

/// What is done with each directory. Each thread of a walk has its own visitor.
///
/// @param <C> what a directory's visit hands on to its subdirectories
public interface DirectoryVisitor<C> extends AutoCloseable {

  /// Looks at one directory.
  ///
  /// @param directory which one
  /// @param listing its entries; only until this returns
  /// @param descend takes the subdirectories to visit
  void visit(WalkItem<C> directory, DirectoryListing listing, Consumer<WalkItem<C>> descend);

  /// Something else is mounted on the directory, or it is a Btrfs subvolume of its own: not
  /// entered.
  void boundary(WalkItem<C> directory);

  /// The directory was gone, or no longer a directory or that one, when its turn came.
  void vanished(WalkItem<C> directory);

  /// The directory could not be opened or read to its end; nothing of it was shown.
  void unreadable(WalkItem<C> directory, ErrnoException cause);

  /// The walk is over.
  @Override
  void close();
}
