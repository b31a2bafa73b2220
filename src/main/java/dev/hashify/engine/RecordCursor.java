package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.plan.Identity;

/// The entry of a record that a survey looks at.
final class RecordCursor implements SurveyedFile {

  private final long volume;
  private final DirectoryRecord record;
  private final byte[] name = new byte[256];
  private int at;

  RecordCursor(long volume, DirectoryRecord record) {
    this.volume = volume;
    this.record = record;
  }

  RecordCursor moveTo(int entry) {
    at = entry;
    return this;
  }

  @Override
  public byte state() {
    return record.state(at);
  }

  @Override
  public boolean isShared() {
    return state() == PathState.SHARED || state() == PathState.CLONED;
  }

  @Override
  public long volume() {
    return volume;
  }

  @Override
  public long inode() {
    return record.inode(at);
  }

  @Override
  public long key() {
    return record.key(at);
  }

  @Override
  public long sizeBytes() {
    return record.sizeBytes(at);
  }

  @Override
  public long modifiedNanos() {
    return record.modifiedNanos(at);
  }

  @Override
  public int mode() {
    return record.mode(at);
  }

  @Override
  public int uid() {
    return record.uid(at);
  }

  @Override
  public int gid() {
    return record.gid(at);
  }

  @Override
  public int links() {
    return record.links(at);
  }

  @Override
  public long nameHash(Identity identity) {
    return identity.nameHash(name, 0, record.copyName(at, name, 0));
  }
}
