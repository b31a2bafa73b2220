package dev.hashify.link;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.plan.Member;

/// Which failures are no problem of the file but the way of a living tree.
final class Refusals {

  private Refusals() {}

  /// The outcome for a file whose directory could not be opened again.
  static LinkOutcome ofOpening(Member member, TreePath path, ErrnoException failed) {
    return switch (failed.errno()) {
      case ENOENT -> new LinkOutcome.Refused(member, Refusal.VANISHED);
      case ENOTDIR, ELOOP, EXDEV -> new LinkOutcome.Refused(member, Refusal.CHANGED);
      // Errno is the kernel's list: whatever else it says is a problem.
      default ->
          new LinkOutcome.Failed(
              member, new FileProblem(path, "not shared", failed.why(), "left as it was"));
    };
  }
}
