package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.link.ShareGroup;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.VolumeCalls.Reflinks;
import java.util.Optional;

/// The end of a dry run: says what would be shared and closes the files.
final class CountingSink implements ShareSink {

  private final Outcomes outcomes;
  private final Linux linux;
  private final StoreWork work;

  /// Whether a file may share blocks already, and must be asked what of it would come back.
  private final boolean mayShareBlocks;

  CountingSink(Linux linux, StoreWork work, Outcomes outcomes) throws ErrnoException {
    this.linux = linux;
    this.work = work;
    this.outcomes = outcomes;
    mayShareBlocks = linux.volumes().reflinks(work.roots().getFirst().descriptor()) != Reflinks.NO;
  }

  @Override
  public void share(ShareGroup group) {
    TreePath keeper = ShareTasks.keeperPath(work, outcomes, group);
    outcomes.group(group.keeper().file().stat().inode());
    for (var duplicate : group.duplicates()) {
      var stat = duplicate.file().stat();
      boolean isWhole = stat.links() == duplicate.member().names().size();
      long reclaimed = isWhole ? linux.clones().ownBytes(duplicate.file(), mayShareBlocks) : 0;
      outcomes.shared(duplicate.member(), keeper, Optional.empty(), reclaimed);
      duplicate.file().close();
    }
    group.keeper().member().ifPresent(outcomes::kept);
    group.keeper().file().close();
  }

  @Override
  public void beforeReading(long bytesToRead) {}

  @Override
  public void flush() {}

  @Override
  public void settle() {}

  @Override
  public void close() {}
}
