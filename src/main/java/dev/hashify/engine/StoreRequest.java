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
/// @param restraints for verifying: how fast to read, and how urgently; the time is not limited,
///   because half a verification says nothing of the rest
public record StoreRequest(
    List<TreePath> stores, Repair repair, Duration lockWait, Restraints restraints) {
  public StoreRequest {
    stores = List.copyOf(stores);
  }

  /// A request that goes as fast as it can.
  public StoreRequest(List<TreePath> stores, Repair repair, Duration lockWait) {
    this(stores, repair, lockWait, Restraints.NONE);
  }

  /// Whether to mend what can be mended.
  public enum Repair {
    NO,
    YES
  }
}
