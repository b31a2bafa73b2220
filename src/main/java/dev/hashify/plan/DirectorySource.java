package dev.hashify.plan;

import dev.hashify.file.TreePath;

/// Which directory a listing is of.
///
/// @param root the number of the root it lies below
/// @param path below the root
/// @param inode its inode number
/// @param contextHigh what its record in the index must name as context, upper half
/// @param contextLow lower half
public record DirectorySource(
    int root, TreePath path, long inode, long contextHigh, long contextLow) {}
