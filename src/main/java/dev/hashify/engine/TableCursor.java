package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.Identity;

/// The row of a table that a survey looks at.
final class TableCursor implements SurveyedFile {

  private final StoreWork work;
  private final FileTable table;
  private final Outcomes outcomes;
  private int row;
  private long volume;

  TableCursor(StoreWork work, Outcomes outcomes) {
    this.work = work;
    this.table = work.table();
    this.outcomes = outcomes;
  }

  /// @param root the number of the root that the row is in
  TableCursor moveTo(int wanted, int root) {
    row = wanted;
    volume = work.volumeOf(root);
    return this;
  }

  @Override
  public byte state() {
    return table.state(row);
  }

  @Override
  public boolean isShared() {
    byte state = state();
    return state == PathState.SHARED || state == PathState.CLONED || outcomes.isShared(row);
  }

  @Override
  public long volume() {
    return volume;
  }

  @Override
  public long inode() {
    return table.inode(row);
  }

  @Override
  public long key() {
    return table.key(row);
  }

  @Override
  public long sizeBytes() {
    return table.sizeBytes(row);
  }

  @Override
  public long modifiedNanos() {
    return table.modifiedNanos(row);
  }

  @Override
  public int mode() {
    return table.mode(row);
  }

  @Override
  public int uid() {
    return table.uid(row);
  }

  @Override
  public int gid() {
    return table.gid(row);
  }

  @Override
  public int links() {
    return table.links(row);
  }

  @Override
  public long nameHash(Identity identity) {
    return table.nameHash(row, identity);
  }
}
