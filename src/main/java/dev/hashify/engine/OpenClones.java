package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.link.Cloner.Clonable;
import dev.hashify.os.CloneCalls.Placing;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.FileExtents;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The open files of a group: as many as may be open at a time, the one unused for longest closed
/// first. What cannot be opened is told and left out.
final class OpenClones implements AutoCloseable {

  private final Linux linux;
  private final StoreWork work;
  private final CandidateOpener opener;
  private final Outcomes outcomes;
  private final int openFilesMax;
  private final LinkedHashMap<Member, OpenFile> files = new LinkedHashMap<>(16, 0.75f, true);

  OpenClones(
      Linux linux, StoreWork work, CandidateOpener opener, Outcomes outcomes, int openFilesMax) {
    this.linux = linux;
    this.work = work;
    this.opener = opener;
    this.outcomes = outcomes;
    this.openFilesMax = openFilesMax;
  }

  /// How many files besides the keeper may be asked for before the first of them is closed.
  int togetherMax() {
    return openFilesMax - 1;
  }

  /// The member, open, if it is as the walk saw it.
  Optional<OpenFile> open(Member member) {
    OpenFile known = files.get(member);
    if (known != null) {
      return Optional.of(known);
    }
    return switch (opener.openForBlocks(work, member)) {
      case CandidateOpener.Opening.Opened(Candidate candidate) -> {
        closeOldest();
        files.put(member, candidate.file());
        yield Optional.of(candidate.file());
      }
      case CandidateOpener.Opening.Refused(Refusal reason) -> {
        outcomes.refused(member, reason);
        yield Optional.empty();
      }
      case CandidateOpener.Opening.Skipped(SkipReason reason) -> {
        outcomes.skipped(member, reason);
        yield Optional.empty();
      }
      case CandidateOpener.Opening.Failed(FileProblem problem) -> {
        outcomes.failed(member, problem);
        yield Optional.empty();
      }
    };
  }

  private void closeOldest() {
    if (files.size() >= openFilesMax) {
      Map.Entry<Member, OpenFile> oldest = files.pollFirstEntry();
      oldest.getValue().close();
    }
  }

  /// Where the content of a member lies, if it lies in blocks that can be shared.
  Optional<CloneMember> look(Member member) {
    Optional<OpenFile> file = open(member);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    FileExtents extents;
    try {
      extents = extents(file.get());
    } catch (ErrnoException failed) {
      failed(member, failed);
      return Optional.empty();
    }
    if (extents.isInline()) {
      outcomes.skipped(member, SkipReason.INLINE);
    } else if (extents.count() == 0) {
      outcomes.skipped(member, SkipReason.NO_BLOCKS);
    } else if (extents.isUnplaced()) {
      outcomes.refused(member, Refusal.CHANGED);
    } else {
      return Optional.of(new CloneMember(member, extents));
    }
    return Optional.empty();
  }

  /// What was written a moment ago is placed first. Until then a file that shared its blocks shows
  /// the old ones although it reads something else (XFS and Btrfs both), and a small one does not
  /// show that it will be inline.
  private FileExtents extents(OpenFile file) throws ErrnoException {
    return linux.clones().extents(file.descriptor(), file.sizeBytes(), Placing.PLACE_FIRST);
  }

  /// A member ready to share its blocks, with its extents as they were when it was looked at.
  Optional<Clonable> clonable(CloneMember member) {
    return open(member.member()).map(file -> new Clonable(file, member.extents()));
  }

  /// As [#clonable], with its extents as they are now: those of its class may have moved since.
  Optional<Clonable> clonableNow(CloneMember member) {
    return look(member.member()).flatMap(this::clonable);
  }

  void failed(Member member, ErrnoException failed) {
    var path = outcomes.hostPath(member.names().getFirst());
    outcomes.failed(
        member,
        new FileProblem(path, "its blocks were not shared", failed.why(), "left as it was"));
  }

  @Override
  public void close() {
    files.values().forEach(OpenFile::close);
    files.clear();
  }
}
