package dev.hashify.engine;

import dev.hashify.file.TreePath;
import java.time.Duration;
import java.util.List;

/// Which stores to verify or sweep.
///
/// @param stores their directories; if empty, those of the mounts of the running system that have
///   one at the usual place
/// @param repair for verifying: whether to take damaged objects out of use and re-apply guards
/// @param lockWait how long to wait for another run to end
public record StoreRequest(List<TreePath> stores, Repair repair, Duration lockWait) {
  public StoreRequest {
    stores = List.copyOf(stores);
  }

  /// Whether to mend what can be mended.
  public enum Repair {
    NO,
    YES
  }
}
