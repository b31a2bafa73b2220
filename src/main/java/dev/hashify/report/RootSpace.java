package dev.hashify.report;

import dev.hashify.file.TreePath;
import java.util.List;

/// The content of a root by whom it belongs to, in bytes of length. A file with several names in
/// the root counts once.
///
/// @param path the root
/// @param files paths of regular files
/// @param ownBytes what no other root uses: what comes back if the root is deleted
/// @param sharedBytes what other roots use, too
/// @param directories parts of it, the largest first; each part counts what it has that the parts
///   before it in a walk had not, so that they add up to the whole
public record RootSpace(
    TreePath path, long files, long ownBytes, long sharedBytes, List<DirectorySpace> directories) {

  public RootSpace {
    directories = List.copyOf(directories);
  }

  /// What the root would take if it were unified with nothing.
  public long aloneBytes() {
    return ownBytes + sharedBytes;
  }

  /// The content of a part of a root.
  ///
  /// @param path below the root; empty for all that is in no other part
  public record DirectorySpace(TreePath path, long ownBytes, long sharedBytes) {
    public long totalBytes() {
      return ownBytes + sharedBytes;
    }
  }
}
