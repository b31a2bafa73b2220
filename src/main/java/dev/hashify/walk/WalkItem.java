package dev.hashify.walk;

import dev.hashify.file.TreePath;

/// A directory to visit.
///
/// @param root the number of its root
/// @param path below the root; empty for the root itself
/// @param inode the inode number its parent's listing gave
/// @param context what the visitor of the parent wants to hand on
/// @param <C> the type of that
public record WalkItem<C>(int root, TreePath path, long inode, C context) {}
