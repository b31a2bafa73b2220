package dev.hashify.link;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import java.util.Optional;

/// Which failures are no problem of the file but the way of a living tree.
final class Refusals {

  /// What the kernel shows as owner of a file whose owner has no number in our user namespace
  /// (`/proc/sys/kernel/overflowuid`; nobody sets another).
  private static final int OVERFLOW_ID = 65_534;

  private Refusals() {}

  /// Which policy of the kernel forbids to make `directory` hold a name of the object, or takes a
  /// name out of it; empty if the failure is none. Looked at rather than guessed from the number,
  /// which other failures give, too.
  static Optional<Refusal> ofLinking(
      Linux linux, Descriptor directory, OpenFile object, ErrnoException failed) {
    return switch (failed.errno()) {
      case EXDEV ->
          isOfOtherProject(linux, directory, object)
              ? Optional.of(Refusal.PROJECT_BOUNDARY)
              : Optional.empty();
      case EROFS -> Optional.of(Refusal.READ_ONLY);
      case EOVERFLOW -> Optional.of(Refusal.OWNER_BOUNDARY);
      case EPERM, EACCES -> ofPermissions(linux, directory, object);
      // Errno is the kernel's list: whatever else it says is a problem.
      default -> Optional.empty();
    };
  }

  private static Optional<Refusal> ofPermissions(
      Linux linux, Descriptor directory, OpenFile object) {
    if (object.stat().uid() == OVERFLOW_ID || object.stat().gid() == OVERFLOW_ID) {
      return Optional.of(Refusal.OWNER_BOUNDARY);
    }
    if (isFixed(linux, directory)) {
      return Optional.of(Refusal.FIXED_DIRECTORY);
    }
    // Nobody had made it so when it was compared.
    return isFixed(linux, object.descriptor()) ? Optional.of(Refusal.CHANGED) : Optional.empty();
  }

  private static boolean isFixed(Linux linux, Descriptor file) {
    try {
      int fixed = InodeFlags.IMMUTABLE | InodeFlags.APPEND;
      return (linux.attributes().flags(file) & fixed) != 0;
    } catch (ErrnoException _) {
      return false;
    }
  }

  /// A directory whose new files inherit its project takes no files of another.
  private static boolean isOfOtherProject(Linux linux, Descriptor directory, OpenFile object) {
    try {
      var attributes = linux.attributes();
      boolean isInherited = (attributes.flags(directory) & InodeFlags.INHERIT_PROJECT) != 0;
      return isInherited
          && attributes.project(directory) != attributes.project(object.descriptor());
    } catch (ErrnoException _) {
      return false;
    }
  }

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
