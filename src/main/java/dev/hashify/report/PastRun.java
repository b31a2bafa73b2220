package dev.hashify.report;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/// The figures of one run as a store's index remembers them: those of the roots of that store.
///
/// @param began when it began
/// @param took how long it took
/// @param end how it ended
/// @param roots how many roots it looked at
/// @param found paths of files
/// @param shared paths whose file was replaced in the run
/// @param alreadyShared paths whose file was shared before
/// @param reclaimedBytes disk space that came back in the run
/// @param savedBytes the length of all content that paths would take alone after the run, each
///   content taken off once; none if the run was stopped, because it had not seen everything
/// @param sweptBytes disk space that objects without a path gave back
/// @param bytesRead content bytes read
/// @param problems what failed in the whole run
public record PastRun(
    Instant began,
    Duration took,
    End end,
    int roots,
    long found,
    long shared,
    long alreadyShared,
    long reclaimedBytes,
    OptionalLong savedBytes,
    long sweptBytes,
    long bytesRead,
    long problems) {

  /// How a run ended.
  public enum End {
    COMPLETE,
    /// Stopped before its end; what was done by then is complete.
    STOPPED
  }
}
