package dev.hashify.engine;

import dev.hashify.store.Guard;
import dev.hashify.store.Store;
import java.util.List;
import java.util.Optional;

/// Which guard a store's objects get.
///
/// Nothing is chosen for the user that lets a write leak or makes a running system fail: of the
/// guards at hand here each does one of the two, so one must be named. A store that has been given
/// the immutable guard keeps it without being asked again.
final class GuardDecision {

  private GuardDecision() {}

  /// The guard, or none if the user has to choose.
  static Optional<Guard> of(GuardChoice choice, Optional<Store> store) {
    return switch (choice) {
      case IMMUTABLE -> Optional.of(Guard.IMMUTABLE);
      case NONE -> Optional.of(Guard.NONE);
      case AUTO ->
          store.map(known -> known.format().guard()).filter(guard -> guard == Guard.IMMUTABLE);
    };
  }

  /// One line for each choice: what to type; what an in-place write, an upgrade of packages and
  /// deleting a root then do.
  static List<String> choices() {
    return List.of(
        "--guard immutable: a write into a shared file fails (EPERM) in every root; so does"
            + " upgrading or deleting one until `hashify release ROOT`: for stopped, read-only"
            + " or archived roots",
        "--guard none: a write into a shared file in one root changes it in all; upgrades and"
            + " deleting work as ever, because they replace files: for roots whose programs never"
            + " write in place");
  }
}
