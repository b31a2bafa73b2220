package dev.hashify.store;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;

/// Told what a store holds, shard by shard, each in inode order.
public interface ObjectVisitor {

  /// Whether to go on.
  enum Visit {
    GO_ON,
    STOP
  }

  /// An object.
  Visit object(StoredObject object);

  /// Something among the objects that the store did not put there; it is never touched.
  void foreign(TreePath path, String what);

  /// Objects that could not be looked at.
  void problem(FileProblem problem);
}
