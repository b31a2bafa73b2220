package dev.hashify.store;

import dev.hashify.file.ContentId;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;

/// Something that a verification found.
///
/// The inode leads to the paths that share an object.
public sealed interface Finding {

  /// The bytes are not those that the object is named after.
  record ContentDamaged(ObjectName object, long inode, ContentId found) implements Finding {}

  /// Owner, mode, mtime or size are not as recorded.
  ///
  /// @param what each difference, as `mode 0644, was 0755; uid 0, was 1000`
  record MetadataDrifted(ObjectName object, long inode, String what) implements Finding {}

  /// The object lacks the guard that the store's objects are shared under.
  record GuardMissing(ObjectName object, long inode) implements Finding {}

  /// The object could not be read to its end, or changed while it was read.
  record Unreadable(ObjectName object, long inode, String why) implements Finding {}

  /// Something among the objects that the store did not put there.
  record ForeignEntry(TreePath path, String what) implements Finding {}

  /// Objects that were not looked at.
  record NotSearched(FileProblem problem) implements Finding {}
}
