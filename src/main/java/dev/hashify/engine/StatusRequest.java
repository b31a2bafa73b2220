package dev.hashify.engine;

import dev.hashify.file.TreePath;
import java.util.List;

/// What to tell the state of.
///
/// @param roots if any, only these, and only their stores
/// @param stores their directories; if there are neither roots nor stores, those of all mounts that
///   have one at the usual place
public record StatusRequest(List<TreePath> roots, List<TreePath> stores) {
  public StatusRequest {
    roots = List.copyOf(roots);
    stores = List.copyOf(stores);
  }
}
