package dev.hashify.engine;

import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a hard link would share besides the content; equal for all that are compared.
record InodeMetadata(
    long sizeBytes,
    int mode,
    int uid,
    int gid,
    long modifiedNanos,
    ExtendedAttributes extended,
    int flags,
    int project,
    List<TreePath> paths) {

  /// Size, mode and owner are equal for nearly all that are compared; time and attributes tell them
  /// apart. Written out because what a record has by itself is slow before it is compiled.
  @Override
  public int hashCode() {
    return Long.hashCode(modifiedNanos) * 31 + extended.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InodeMetadata metadata
        && sizeBytes == metadata.sizeBytes
        && mode == metadata.mode
        && uid == metadata.uid
        && gid == metadata.gid
        && modifiedNanos == metadata.modifiedNanos
        && flags == metadata.flags
        && project == metadata.project
        && extended.equals(metadata.extended)
        && paths.equals(metadata.paths);
  }

  /// What alone keeps files of this kind apart from those of another, if it is one thing.
  Optional<Refusal> onlyDifference(InodeMetadata other) {
    List<Refusal> differences = new ArrayList<>();
    if (!extended.equals(other.extended)) {
      differences.add(Refusal.OTHER_ATTRIBUTES);
    }
    if (flags != other.flags) {
      differences.add(Refusal.UNSUPPORTED_FLAGS);
    }
    if (project != other.project) {
      differences.add(Refusal.PROJECT_BOUNDARY);
    }
    if (!paths.equals(other.paths)) {
      differences.add(Refusal.OTHER_PATH);
    }
    boolean isAlike =
        sizeBytes == other.sizeBytes
            && mode == other.mode
            && uid == other.uid
            && gid == other.gid
            && modifiedNanos == other.modifiedNanos;
    return isAlike && differences.size() == 1
        ? Optional.of(differences.getFirst())
        : Optional.empty();
  }
}
