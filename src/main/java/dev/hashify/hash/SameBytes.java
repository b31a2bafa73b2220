package dev.hashify.hash;

import dev.hashify.file.FileStat;

/// The receipt that two open files held the same bytes when they were compared.
///
/// Only [ByteComparer] and [SmallFiles] make one, so sharing without comparing does not compile. It
/// is true for the moment of the comparison; [#stillHolds] says whether the files can have changed
/// since.
public final class SameBytes {

  private final FileStat keeper;
  private final FileStat duplicate;

  SameBytes(FileStat keeper, FileStat duplicate) {
    this.keeper = keeper;
    this.duplicate = duplicate;
  }

  /// The keeper's stat after the comparison.
  public FileStat keeper() {
    return keeper;
  }

  /// The duplicate's stat after the comparison.
  public FileStat duplicate() {
    return duplicate;
  }

  /// Whether both are the inodes that were compared, unchanged as far as stat can tell.
  ///
  /// Change times are not asked for: our own links and exchanges move them. So this is necessary,
  /// not sufficient; a lease held since the comparison is what makes it so.
  public boolean stillHolds(FileStat keeperNow, FileStat duplicateNow) {
    return isSameVersion(keeper, keeperNow) && isSameVersion(duplicate, duplicateNow);
  }

  /// Whether `now` is the same inode as `then`, of the same size, mtime, owner and mode.
  public static boolean isSameVersion(FileStat then, FileStat now) {
    return then.sharesInodeWith(now)
        && then.sizeBytes() == now.sizeBytes()
        && then.modifiedNanos() == now.modifiedNanos()
        && then.mode() == now.mode()
        && then.uid() == now.uid()
        && then.gid() == now.gid();
  }
}
