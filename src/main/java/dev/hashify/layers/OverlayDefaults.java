package dev.hashify.layers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the overlay module does in mounts that do not say otherwise.
///
/// @param index whether copies are remembered by the lower inode
/// @param nfsExport whether mounts can be exported, which needs such an index
/// @param isKnown whether the module said so; else both are taken to be on
public record OverlayDefaults(boolean index, boolean nfsExport, boolean isKnown) {

  private static final Path PARAMETERS = Path.of("/sys/module/overlay/parameters");

  /// Reads them as they are now. A module that is not loaded yet has defaults that only its builder
  /// knows.
  public static OverlayDefaults read() {
    return read(PARAMETERS);
  }

  static OverlayDefaults read(Path parameters) {
    Optional<Boolean> index = isOn(parameters.resolve("index"));
    Optional<Boolean> nfsExport = isOn(parameters.resolve("nfs_export"));
    return new OverlayDefaults(
        index.orElse(true), nfsExport.orElse(true), index.isPresent() && nfsExport.isPresent());
  }

  private static Optional<Boolean> isOn(Path parameter) {
    try {
      return Optional.of(!Files.readString(parameter).strip().equals("N"));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Why a later mount might remember copies by the lower inode; empty if it will not unless asked
  /// to.
  public Optional<String> objection() {
    if (!isKnown) {
      return Optional.of("the overlay module's defaults are not known (it is not loaded)");
    }
    return index || nfsExport
        ? Optional.of("overlays are mounted with an index by default")
        : Optional.empty();
  }
}
