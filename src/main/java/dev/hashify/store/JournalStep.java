package dev.hashify.store;

import dev.hashify.file.TreePath;

/// One path that is about to become a name of an object, as the journal remembers it.
///
/// @param temporaryName the name in the store's `tmp`: before the exchange the object's further
///   name, after it the displaced inode's
/// @param object which object the path will share
/// @param objectInode the object's inode
/// @param objectModifiedNanos its modification time
/// @param root the root's own path on the host, absolute
/// @param directory the path's directory below the root, [TreePath#EMPTY] for the root itself
/// @param directoryInode that directory's inode
/// @param name the path's last component
/// @param displaced the file that the path had
/// @param group the same number in all steps of one displaced inode
public record JournalStep(
    String temporaryName,
    ObjectName object,
    long objectInode,
    long objectModifiedNanos,
    TreePath root,
    TreePath directory,
    long directoryInode,
    TreePath name,
    DisplacedFile displaced,
    int group) {

  public JournalStep {
    if (!TemporaryNames.isTemporary(temporaryName)) {
      throw new IllegalArgumentException("not a temporary name: " + temporaryName);
    }
    if (!root.isAbsolute() || directory.isAbsolute()) {
      throw new IllegalArgumentException("root must be absolute and directory below it");
    }
    if (!isSingleName(name)) {
      throw new IllegalArgumentException("not a single name: " + name);
    }
  }

  private static boolean isSingleName(TreePath name) {
    String text = name.toString();
    return !name.isEmpty() && !text.equals(".") && !text.equals("..") && !text.contains("/");
  }
}
