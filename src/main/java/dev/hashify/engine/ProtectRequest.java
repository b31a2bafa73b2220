package dev.hashify.engine;

import dev.hashify.file.TreePath;
import java.time.Duration;
import java.util.List;

/// The stores of which roots to protect.
///
/// @param roots directories whose stores are meant
/// @param stores directories given as stores; may be empty
/// @param lockWait how long to wait for another run to end
public record ProtectRequest(List<TreePath> roots, List<TreePath> stores, Duration lockWait) {
  public ProtectRequest {
    roots = List.copyOf(roots);
    stores = List.copyOf(stores);
  }
}
