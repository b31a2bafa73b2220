package dev.hashify.index;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The index of a dry run where there is none: knows nothing and cannot be written.
public final class NoIndex implements Index, IndexReader {

  @Override
  public IndexReader reader() {
    return this;
  }

  @Override
  public void write(IndexChanges changes) {
    throw new IllegalStateException("there is no index to write to");
  }

  @Override
  public void distrust() {
    throw new IllegalStateException("there is no index to write to");
  }

  @Override
  public void trust() {
    // There is nothing to believe.
  }

  @Override
  public boolean wasClosedCleanly() {
    return true;
  }

  @Override
  public void refresh() {
    // Nothing is ever new here.
  }

  @Override
  public @Nullable DirectoryRecord directory(long volume, long inode) {
    return null;
  }

  @Override
  public Optional<ObjectEntry> object(long volume, long inode) {
    return Optional.empty();
  }

  @Override
  public List<ObjectEntry> objectsOfKey(long volume, long key) {
    return List.of();
  }

  @Override
  public void forEachObject(Consumer<ObjectEntry> consumer) {
    // There are none.
  }

  @Override
  public Optional<byte[]> meta(String name) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
