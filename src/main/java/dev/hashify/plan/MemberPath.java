package dev.hashify.plan;

import dev.hashify.file.TreePath;

/// One name of a file that is a member of a group.
///
/// @param row its row in the [FileTable]
/// @param root the number of its root
/// @param directory the directory below the root
/// @param name the base name, one component
public record MemberPath(int row, int root, TreePath directory, TreePath name) {

  /// The path below the root.
  public TreePath path() {
    return directory.resolve(name);
  }
}
