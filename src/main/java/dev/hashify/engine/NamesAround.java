package dev.hashify.engine;

import dev.hashify.file.Refusal;
import dev.hashify.plan.KeyGroups;

/// What is known of a file besides its names in the roots.
///
/// @param isWalkComplete whether all roots were looked through
record NamesAround(StoreWork work, boolean isWalkComplete) implements KeyGroups.Surroundings {

  /// Only what is known for certain may be said of a name outside, because that lasts.
  @Override
  public Refusal whyMoreNames() {
    if (!isWalkComplete) {
      return Refusal.INTERRUPTED;
    }
    return work.session().areObjectsKnown() ? Refusal.LINKED_FROM_OUTSIDE : Refusal.OBJECTS_UNKNOWN;
  }

  @Override
  public boolean isObject(long inode) {
    return work.isObject(inode);
  }

  @Override
  public int namesInside(long inode) {
    return work.namesInside(inode);
  }

  /// Blocks are shared by the file, whoever has its other names.
  @Override
  public boolean splitsLinks() {
    return work.settings().splitsLinks() || work.settings().sharesBlocks();
  }

  @Override
  public long fileNumber(int root, long inode) {
    return work.fileNumber(work.volumeOf(root), inode);
  }
}
