package dev.hashify.link;

import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.Refusal;
import dev.hashify.plan.Member;

/// What became of one duplicate. All names of it have the same fate.
public sealed interface LinkOutcome {

  /// The file it is about.
  Member member();

  /// All its names are names of the object now.
  ///
  /// @param object the object as it was when they were compared: nobody had changed it before it
  ///   got the last of the names
  /// @param reclaimedBytes disk space that came back; 0 if the file still has names elsewhere
  record Shared(Member member, FileStat object, long reclaimedBytes) implements LinkOutcome {}

  /// It was left, or put back, as it was.
  record Refused(Member member, Refusal reason) implements LinkOutcome {}

  /// Something failed. It reads as before; the problem says what is left to do.
  record Failed(Member member, FileProblem problem) implements LinkOutcome {}

  /// The object cannot have more names; another generation is needed.
  record ObjectFull(Member member) implements LinkOutcome {}
}
