package dev.hashify.engine;

import dev.hashify.file.TreePath;
import java.util.List;
import java.util.Optional;

/// Which paths to explain.
///
/// @param paths of the host
/// @param stores their directories, if they are not at the usual places
/// @param index where the index lies, if not in the store
public record ExplainRequest(
    List<TreePath> paths, List<TreePath> stores, Optional<TreePath> index) {
  public ExplainRequest {
    paths = List.copyOf(paths);
    stores = List.copyOf(stores);
  }
}
