/// The words everyone shares: paths as bytes, inode identity, stat, sizes, why a file was left
/// alone, and what went wrong.
///
/// Nothing here performs I/O or reads a clock. Every other package may use this one; it uses none.
///
/// - [TreePath] is a path as the kernel knows it: bytes. Text exists only for people and is escaped
///   ([PathText]); it is never turned back into a path.
/// - [FileStat] is one answer of `statx`, taken at one moment. [DirectoryListing] is the same for a
///   whole directory, packed in columns, because an object per file is what makes such tools fat.
/// - [SkipReason] and [Refusal] say why a path was left alone; [FileProblem] says what failed;
///   [PathState] is the one byte in which a path's outcome is remembered.
@NullMarked
package dev.hashify.file;

import org.jspecify.annotations.NullMarked;
