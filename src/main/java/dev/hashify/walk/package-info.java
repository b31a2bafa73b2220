/// Visiting the directories below the roots, in parallel, without crossing a boundary.
///
/// A work item is one directory, named by its root and its path below it; whoever is idle takes the
/// one added last, so few are waiting at any time. A directory is opened by one `openat2` from the
/// root's descriptor that follows no symbolic link and enters no other mount, listed whole into a
/// packed [dev.hashify.file.DirectoryListing], closed, and shown to the thread's
/// [DirectoryVisitor], which says which subdirectories to visit. No descriptor outlives its
/// directory's turn.
///
/// What cannot be opened or listed is told to the visitor, and the walk goes on.
@NullMarked
package dev.hashify.walk;

import org.jspecify.annotations.NullMarked;
