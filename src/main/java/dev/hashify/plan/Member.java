package dev.hashify.plan;

import java.util.List;

/// A file that others may be equal to, with all its names in the given roots.
///
/// @param inode the inode number the walk saw
/// @param sizeBytes the size the walk saw
/// @param modifiedNanos the mtime the walk saw
/// @param changedNanos the ctime the walk saw
/// @param isObject whether the inode is an object of the store
/// @param names all names, the leading one first; none if only the store holds the object
/// @param isInUse whether a running program has it mapped
/// @param isSplit whether it has names that do not move with these: others know it as theirs
public record Member(
    long inode,
    long sizeBytes,
    long modifiedNanos,
    long changedNanos,
    boolean isObject,
    List<MemberPath> names,
    boolean isInUse,
    boolean isSplit) {

  public Member {
    names = List.copyOf(names);
  }
}
