package dev.hashify.report;

import dev.hashify.file.TreePath;
import java.util.List;

/// What stores hold and what their roots share, as far as the last run knew.
///
/// @param stores in the order of their paths or as asked for
public record StatusReport(List<StoreState> stores) {
  public StatusReport {
    stores = List.copyOf(stores);
  }

  /// One store.
  ///
  /// @param fileSystem the word for its type, as `ext4`
  /// @param share the word for how files share
  /// @param guard the word for what keeps them from being written
  /// @param objects how many it holds
  /// @param bytes the length of their content
  /// @param unguarded how many lack the guard
  /// @param firstUnguarded some of these by their paths
  /// @param index what is to be said of its index
  /// @param roots those of the last run, or those asked for
  /// @param history its runs
  public record StoreState(
      TreePath path,
      String fileSystem,
      String share,
      String guard,
      long objects,
      long bytes,
      long unguarded,
      List<TreePath> firstUnguarded,
      String index,
      List<RootState> roots,
      History history) {

    /// The word for sharing by names of one inode.
    public static final String HARD_LINKS = "hard links";

    /// The word for sharing blocks under several inodes.
    public static final String REFLINKS = "reflinks";

    public StoreState {
      firstUnguarded = List.copyOf(firstUnguarded);
      roots = List.copyOf(roots);
    }
  }

  /// One root, counted by paths of files.
  ///
  /// @param ownBytes the length of the content that no other root uses
  /// @param sharedBytes the length of the content that other roots use, too
  public record RootState(
      TreePath path,
      long paths,
      long shared,
      long unique,
      long skipped,
      long refused,
      long ownBytes,
      long sharedBytes) {

    /// What the root would take if it were unified with nothing.
    public long aloneBytes() {
      return ownBytes + sharedBytes;
    }
  }
}
