package dev.hashify.engine;

import dev.hashify.file.Errno;
import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.InodeFlags;
import dev.hashify.os.LeaseCalls.Grant;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import dev.hashify.plan.MemberPath;
import dev.hashify.report.RunMode;
import dev.hashify.store.ObjectName;
import java.util.List;
import java.util.Optional;

/// Opens the members of groups and looks at all that decides whether they may be shared.
final class CandidateOpener {

  private final Linux linux;
  private final RunMode mode;
  private final boolean includesPrivileged;
  private final boolean skipsInUse;
  private final List<OpenRoot> roots;
  private final ReadAhead readAhead;

  /// @param roots all roots of the run, by number
  CandidateOpener(Linux linux, UnifyRequest request, List<OpenRoot> roots, ReadAhead readAhead) {
    this.readAhead = readAhead;
    this.linux = linux;
    this.mode = request.mode();
    this.includesPrivileged = request.flags().contains(UnifyFlag.INCLUDE_PRIVILEGED);
    this.skipsInUse = request.flags().contains(UnifyFlag.SKIP_IN_USE);
    this.roots = roots;
  }

  /// What came of opening a member.
  sealed interface Opening {
    record Opened(Candidate candidate) implements Opening {}

    record Refused(Refusal reason) implements Opening {}

    record Skipped(SkipReason reason) implements Opening {}

    record Failed(FileProblem problem) implements Opening {}
  }

  /// Opens a member by its first name, or an object by its name in the store.
  Opening open(StoreWork work, Member member, Optional<ObjectName> object) {
    if (isLeftInUse(member)) {
      return new Opening.Refused(Refusal.IN_USE);
    }
    OpenFile file;
    try {
      Optional<OpenFile> opened =
          member.names().isEmpty() ? openObject(work, object) : Optional.of(openFirstName(member));
      if (opened.isEmpty()) {
        return new Opening.Refused(Refusal.VANISHED);
      }
      file = opened.get();
      readAhead.opened(member, file);
    } catch (ErrnoException failed) {
      return ofFailure(pathOf(work, member, object), failed);
    }
    Opening opening;
    try {
      opening = look(member, object, file);
    } catch (ErrnoException failed) {
      opening = ofFailure(pathOf(work, member, object), failed);
    }
    if (!(opening instanceof Opening.Opened)) {
      file.close();
    }
    return opening;
  }

  /// Opens a member by its first name to share its blocks: who else has it open, who owns it and
  /// what its attributes say does not matter then.
  Opening openForBlocks(StoreWork work, Member member) {
    OpenFile file;
    try {
      file = openFirstName(member);
      readAhead.opened(member, file);
    } catch (ErrnoException failed) {
      return ofFailure(pathOf(work, member, Optional.empty()), failed);
    }
    if (isAsSeen(member, file.stat())) {
      return new Opening.Opened(
          new Candidate(member, file, ExtendedAttributes.NONE, 0, 0, Optional.empty()));
    }
    file.close();
    return new Opening.Refused(Refusal.CHANGED);
  }

  private boolean isLeftInUse(Member member) {
    return skipsInUse && member.isInUse() && !member.isObject();
  }

  /// Opens a member or an object only to read it. None if that is not possible or of no use; what
  /// is to be told of it is told by those who open it to decide about it.
  Optional<OpenFile> openToRead(StoreWork work, Member member, Optional<ObjectName> object) {
    if (isLeftInUse(member)) {
      return Optional.empty();
    }
    try {
      Optional<OpenFile> opened =
          member.names().isEmpty() ? openObject(work, object) : Optional.of(openFirstName(member));
      if (opened.isPresent() && !isAsSeen(member, opened.get().stat())) {
        opened.get().close();
        return Optional.empty();
      }
      return opened;
    } catch (ErrnoException _) {
      return Optional.empty();
    }
  }

  private TreePath pathOf(StoreWork work, Member member, Optional<ObjectName> object) {
    if (member.names().isEmpty()) {
      return work.session()
          .place()
          .child("objects")
          .child(object.map(ObjectName::text).orElse("?"));
    }
    MemberPath name = member.names().getFirst();
    return roots.get(name.root()).path().resolve(name.path());
  }

  private static Optional<OpenFile> openObject(StoreWork work, Optional<ObjectName> object)
      throws ErrnoException {
    return object.isEmpty() ? Optional.empty() : work.session().requireStore().open(object.get());
  }

  private OpenFile openFirstName(Member member) throws ErrnoException {
    MemberPath name = member.names().getFirst();
    Descriptor root = roots.get(name.root()).descriptor();
    Descriptor file = linux.open().fileBeneath(root, name.directory(), name.name().bytes());
    try {
      return new OpenFile(file, linux.stat().of(file));
    } catch (ErrnoException failed) {
      file.close();
      throw failed;
    }
  }

  private static Opening ofFailure(TreePath path, ErrnoException failed) {
    if (failed.is(Errno.ENOENT)) {
      return new Opening.Refused(Refusal.VANISHED);
    }
    if (failed.is(Errno.ENOTDIR) || failed.is(Errno.ELOOP) || failed.is(Errno.EXDEV)) {
      return new Opening.Refused(Refusal.CHANGED);
    }
    if (failed.is(Errno.EAGAIN)) {
      // Somebody has a write lease, as file servers do for their clients; it is asked back now.
      return new Opening.Refused(Refusal.OPEN_FOR_WRITING);
    }
    return new Opening.Failed(new FileProblem(path, "not read", failed.why(), "left as it was"));
  }

  private Opening look(Member member, Optional<ObjectName> object, OpenFile file)
      throws ErrnoException {
    if (!isAsSeen(member, file.stat())) {
      // An object that was written to without a guard is not the one that is wanted any more.
      boolean isLostObject = member.names().isEmpty();
      return new Opening.Refused(isLostObject ? Refusal.VANISHED : Refusal.CHANGED);
    }
    if (mode == RunMode.REAL) {
      Optional<Refusal> objection = lease(file);
      if (objection.isPresent()) {
        return new Opening.Refused(objection.get());
      }
    }
    ExtendedAttributes extended = linux.attributes().extended(file.descriptor());
    if (extended.hasCapabilities() && !includesPrivileged) {
      return new Opening.Skipped(SkipReason.PRIVILEGED);
    }
    if (extended.has("trusted.overlay.") || extended.has("user.overlay.")) {
      return new Opening.Skipped(SkipReason.NO_OWN_CONTENT);
    }
    // The guard of an object is ours and not a difference.
    int flags =
        linux.attributes().flags(file.descriptor())
            & InodeFlags.MEANINGFUL
            & ~(member.isObject() ? InodeFlags.IMMUTABLE | InodeFlags.VERITY : 0);
    int project = linux.attributes().project(file.descriptor());
    return new Opening.Opened(new Candidate(member, file, extended, flags, project, object));
  }

  private static boolean isAsSeen(Member member, FileStat now) {
    boolean isSame =
        now.isRegular() && now.inode() == member.inode() && now.sizeBytes() == member.sizeBytes();
    // Links made elsewhere move an object's change time; its mtime may have been set through a
    // path.
    return member.isObject()
        ? isSame
        : isSame
            && now.modifiedNanos() == member.modifiedNanos()
            && now.changedNanos() == member.changedNanos();
  }

  private Optional<Refusal> lease(OpenFile file) throws ErrnoException {
    Grant grant = linux.leases().take(file.descriptor());
    return switch (grant) {
      case TAKEN -> changedBeforeLease(file);
      case HAS_WRITERS -> Optional.of(Refusal.OPEN_FOR_WRITING);
      case UNSUPPORTED -> Optional.of(Refusal.NO_LEASES);
      case NOT_PERMITTED -> Optional.of(Refusal.NOT_OWNED);
    };
  }

  /// A writer may have come and gone between the stat and the lease.
  private Optional<Refusal> changedBeforeLease(OpenFile file) throws ErrnoException {
    FileStat now = linux.stat().of(file.descriptor());
    boolean isSame =
        now.sizeBytes() == file.stat().sizeBytes()
            && now.modifiedNanos() == file.stat().modifiedNanos()
            && now.changedNanos() == file.stat().changedNanos();
    return isSame ? Optional.empty() : Optional.of(Refusal.CHANGED);
  }
}
