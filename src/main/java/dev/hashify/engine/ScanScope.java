package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileId;
import dev.hashify.file.TreePath;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What all walking threads of a run share.
final class ScanScope {

  private final List<OpenRoot> roots;
  private final List<StoreWork> workOfRoot;
  private final EventSink sink;
  private final Set<FileId> boundaries;
  private final Set<FileId> swapFiles;

  /// @param workOfRoot the work of each root, by number
  /// @param boundaries directories that are not entered: other roots and stores
  /// @param swapFiles files in use as swap space
  ScanScope(
      List<OpenRoot> roots,
      List<StoreWork> workOfRoot,
      EventSink sink,
      Set<FileId> boundaries,
      Set<FileId> swapFiles) {
    this.roots = roots;
    this.workOfRoot = workOfRoot;
    this.sink = sink;
    this.boundaries = boundaries;
    this.swapFiles = swapFiles;
  }

  OpenRoot root(int number) {
    return roots.get(number);
  }

  StoreWork workOf(int root) {
    return workOfRoot.get(root);
  }

  EventSink sink() {
    return sink;
  }

  /// Whether a directory is another root or a store. Directories below a root are on its device.
  boolean isBoundary(OpenRoot root, long inode) {
    return boundaries.contains(new FileId(root.stat().device(), inode));
  }

  boolean isSwap(FileId file) {
    return !swapFiles.isEmpty() && swapFiles.contains(file);
  }

  /// The light key of a regular entry by its own name.
  long key(StoreWork work, DirectoryListing listing, int i) {
    var identity = work.settings().identity();
    long name = identity.nameHash(listing.names(), listing.nameStart(i), listing.nameLength(i));
    return identity.key(
        name,
        listing.sizeBytes(i),
        listing.mode(i),
        listing.uid(i),
        listing.gid(i),
        listing.modifiedNanos(i));
  }

  void progress(long files, Supplier<TreePath> current) {
    sink.meter().add(files, 0, current);
  }
}
