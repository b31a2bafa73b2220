package dev.hashify.engine;

import dev.hashify.file.Errno;
import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.hash.Fingerprint;
import dev.hashify.hash.FingerprintResult;
import dev.hashify.hash.Fingerprints;
import dev.hashify.hash.ReadFailure;
import dev.hashify.link.Cloner.Answer;
import dev.hashify.link.Cloner.Clonable;
import dev.hashify.link.Cloner.Cloned;
import dev.hashify.os.CloneCalls;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets the equal files of a group share their blocks. One for each comparing thread.
///
/// Members that share all blocks already are one class, known by where they lie, without reading.
/// Then one file of each class is tried against the keeper: the kernel compares and shares in one
/// go, so what is equal is read once. Only classes that differ are told apart by fingerprints, one
/// read each, and tried among equals. If an earlier run left fingerprints, they are used at once:
/// what is new is then read once, however many others there are.
final class CloneExaminer implements AutoCloseable {

  private final ExaminerScope scope;
  private final CandidateOpener opener;
  private final BlockMatcher matcher;
  private final Fingerprints fingerprints;

  CloneExaminer(ExaminerScope scope, CandidateOpener opener, BlockMatcher matcher) {
    this.scope = scope;
    this.opener = opener;
    this.matcher = matcher;
    fingerprints = new Fingerprints(scope.linux());
  }

  /// Decides about all members, at least one.
  void examine(List<Member> members) {
    try (var files =
        new OpenClones(
            scope.linux(), scope.work(), opener, scope.outcomes(), scope.openFilesMax())) {
      new Group(files).decide(members);
    }
  }

  private final class Group {
    private final OpenClones files;

    Group(OpenClones files) {
      this.files = files;
    }

    void decide(List<Member> members) {
      List<CloneClass> classes = classes(members);
      boolean isKnown = classes.stream().anyMatch(each -> known(each).isPresent());
      if (isKnown) {
        tellApart(classes);
        return;
      }
      List<CloneClass> different = join(classes);
      if (different.size() > 1) {
        tellApart(different);
      } else {
        different.forEach(this::alone);
      }
    }

    private List<CloneClass> classes(List<Member> members) {
      Map<Integer, List<CloneClass>> byBlocks = new HashMap<>();
      List<CloneClass> all = new ArrayList<>();
      for (var member : members) {
        Optional<CloneMember> looked = files.look(member);
        if (looked.isEmpty()) {
          continue;
        }
        List<CloneClass> alike =
            byBlocks.computeIfAbsent(looked.get().extents().blocksHash(), _ -> new ArrayList<>());
        Optional<CloneClass> same =
            alike.stream().filter(each -> each.takes(looked.get())).findFirst();
        if (same.isPresent()) {
          same.get().add(looked.get());
        } else {
          var alone = new CloneClass(looked.get());
          alike.add(alone);
          all.add(alone);
        }
      }
      all.sort(CloneClass.KEEPER_FIRST);
      return all;
    }

    /// Tries only what has one fingerprint.
    private void tellApart(List<CloneClass> classes) {
      Map<Fingerprint, List<CloneClass>> prints = new LinkedHashMap<>();
      for (var each : classes) {
        fingerprint(each)
            .ifPresent(print -> prints.computeIfAbsent(print, _ -> new ArrayList<>()).add(each));
      }
      for (var equal : prints.values()) {
        // What differs although its fingerprint does not has changed meanwhile.
        join(equal).forEach(this::alone);
      }
    }

    /// Tries all others against the first that can be opened.
    ///
    /// @return those that differ from it
    private List<CloneClass> join(List<CloneClass> classes) {
      Deque<CloneClass> others = new ArrayDeque<>(classes);
      Optional<Clonable> keeper = firstThatOpens(others);
      if (keeper.isEmpty()) {
        return List.of();
      }
      CloneClass kept = others.removeFirst();
      var joining = new Joining(kept);
      while (!others.isEmpty()) {
        joining.tryFirstOfEach(take(others));
      }
      while (!joining.rest.isEmpty()) {
        joining.tryRest(takeMembers(joining.rest));
      }
      if (joining.hasJoined) {
        kept.members().forEach(each -> settleKept(kept, each.member()));
      } else {
        alone(kept);
      }
      if (joining.hasGrown) {
        Member first = kept.first().member();
        scope.outcomes().group(scope.fileNumber(first));
      }
      return joining.different;
    }

    private void settleKept(CloneClass kept, Member member) {
      if (kept.members().size() > 1) {
        scope.outcomes().alreadyCloned(member);
      } else {
        scope.outcomes().keptBlocks(member);
      }
    }

    private Optional<Clonable> firstThatOpens(Deque<CloneClass> classes) {
      while (!classes.isEmpty()) {
        CloneClass first = classes.getFirst();
        Optional<Clonable> opened = files.clonable(first.first());
        if (opened.isPresent()) {
          return opened;
        }
        if (!first.dropFirst()) {
          classes.removeFirst();
        }
      }
      return Optional.empty();
    }

    private int togetherMax() {
      return Math.min(CloneCalls.DESTINATIONS_MAX, files.togetherMax());
    }

    private List<CloneClass> take(Deque<CloneClass> classes) {
      List<CloneClass> taken = new ArrayList<>();
      while (!classes.isEmpty() && taken.size() < togetherMax()) {
        taken.add(classes.removeFirst());
      }
      return taken;
    }

    private List<CloneMember> takeMembers(Deque<CloneMember> members) {
      List<CloneMember> taken = new ArrayList<>();
      while (!members.isEmpty() && taken.size() < togetherMax()) {
        taken.add(members.removeFirst());
      }
      return taken;
    }

    /// Without a partner, or sharing as before.
    private void alone(CloneClass each) {
      if (each.members().size() > 1) {
        each.members().forEach(member -> scope.outcomes().alreadyCloned(member.member()));
        return;
      }
      Member member = each.first().member();
      boolean wasCloned =
          scope.work().table().state(member.names().getFirst().row()) == PathState.CLONED;
      if (wasCloned && each.first().extents().hasShared()) {
        scope.outcomes().alreadyCloned(member);
      } else {
        scope.outcomes().unique(member);
      }
    }

    private Optional<Fingerprint> known(CloneClass each) {
      for (var member : each.members()) {
        Optional<Fingerprint> print = scope.knownFingerprint(member.member());
        if (print.isPresent()) {
          return print;
        }
      }
      return Optional.empty();
    }

    /// That of the first member that can be read; those that cannot are told and left out.
    private Optional<Fingerprint> fingerprint(CloneClass each) {
      Optional<Fingerprint> print = known(each);
      boolean isLeft = true;
      while (print.isEmpty() && isLeft) {
        print = read(each.first().member());
        isLeft = print.isPresent() || each.dropFirst();
      }
      for (var member : each.members()) {
        print.ifPresent(found -> scope.rememberFingerprint(member.member(), found));
      }
      return print;
    }

    private Optional<Fingerprint> read(Member member) {
      Optional<Fingerprint> readAhead = scope.readAhead().fingerprint(member);
      if (readAhead.isPresent()) {
        return readAhead;
      }
      Optional<OpenFile> file = files.open(member);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      long before = fingerprints.bytesRead();
      FingerprintResult result = fingerprints.of(file.get());
      scope.outcomes().read(fingerprints.bytesRead() - before, 1);
      return switch (result) {
        case FingerprintResult.Made(Fingerprint print) -> Optional.of(print);
        case FingerprintResult.Failed(ReadFailure failure) -> {
          switch (failure) {
            case ReadFailure.Changed() -> scope.outcomes().refused(member, Refusal.CHANGED);
            case ReadFailure.Unreadable(var cause) -> files.failed(member, cause);
          }
          yield Optional.empty();
        }
      };
    }

    /// One keeper and what is tried against it.
    private final class Joining {
      private final CloneMember keeper;
      private final TreePath keeperPath;
      private final List<CloneClass> different = new ArrayList<>();

      /// Members of classes whose first one is equal to the keeper.
      private final Deque<CloneMember> rest = new ArrayDeque<>();

      private boolean hasJoined;
      private boolean hasGrown;

      Joining(CloneClass kept) {
        keeper = kept.first();
        keeperPath = scope.outcomes().hostPath(keeper.member().names().getFirst());
      }

      void tryFirstOfEach(List<CloneClass> classes) {
        Map<CloneMember, CloneClass> classOf = new LinkedHashMap<>();
        List<Clonable> opened = new ArrayList<>();
        for (var each : classes) {
          Optional<Clonable> file = firstThatOpens(new ArrayDeque<>(List.of(each)));
          if (file.isPresent() && each.members().size() > 1) {
            file = files.clonableNow(each.first());
            if (file.isEmpty()) {
              withoutFirst(each);
            }
          }
          file.ifPresent(clonable -> {
            opened.add(clonable);
            classOf.put(each.first(), each);
          });
        }
        match(new ArrayList<>(classOf.keySet()), opened, classOf);
      }

      void tryRest(List<CloneMember> members) {
        List<CloneMember> tried = new ArrayList<>();
        List<Clonable> opened = new ArrayList<>();
        for (var member : members) {
          files
              .clonableNow(member)
              .ifPresent(clonable -> {
                opened.add(clonable);
                tried.add(member);
              });
        }
        match(tried, opened, Map.of());
      }

      private void match(
          List<CloneMember> tried, List<Clonable> opened, Map<CloneMember, CloneClass> classOf) {
        Optional<Clonable> open = files.clonable(keeper);
        if (tried.isEmpty() || open.isEmpty()) {
          tried.forEach(each -> scope.outcomes().unsettled(each.member()));
          classOf
              .values()
              .forEach(
                  its -> its.members().forEach(each -> scope.outcomes().unsettled(each.member())));
          return;
        }
        List<Cloned> answers = matcher.match(open.get(), opened);
        for (int i = 0; i < tried.size(); i++) {
          CloneMember each = tried.get(i);
          Optional<CloneClass> its = Optional.ofNullable(classOf.get(each));
          take(each, answers.get(i), its);
        }
      }

      private void take(CloneMember each, Cloned cloned, Optional<CloneClass> its) {
        Member member = each.member();
        if (!(cloned.answer() instanceof Answer.Same)) {
          scope.outcomes().reclaimedInPart(cloned.reclaimedBytes());
        }
        switch (cloned.answer()) {
          case Answer.Same() -> {
            joined(each, cloned.reclaimedBytes());
            its.ifPresent(known -> addRest(known, rest));
          }
          case Answer.Different() ->
              its.ifPresentOrElse(different::add, () -> scope.outcomes().unsettled(member));
          case Answer.Changed() -> {
            scope.outcomes().refused(member, Refusal.CHANGED);
            its.ifPresent(this::withoutFirst);
          }
          case Answer.Failed(ErrnoException cause) -> {
            declined(member, cause);
            its.ifPresent(this::withoutFirst);
          }
        }
      }

      private void joined(CloneMember each, long reclaimedBytes) {
        hasJoined = true;
        if (each.extents().hasSameBlocks(keeper.extents())) {
          scope.outcomes().alreadyCloned(each.member());
        } else {
          hasGrown = true;
          scope.outcomes().cloned(each.member(), keeperPath, reclaimedBytes);
        }
      }

      private void addRest(CloneClass known, Collection<CloneMember> all) {
        known.dropFirst();
        all.addAll(known.members());
      }

      private void withoutFirst(CloneClass known) {
        if (known.dropFirst()) {
          different.add(known);
        }
      }

      private void declined(Member member, ErrnoException cause) {
        Errno errno = cause.errno();
        if (errno == Errno.EROFS) {
          scope.outcomes().refused(member, Refusal.READ_ONLY);
        } else if (errno == Errno.ETXTBSY) {
          scope.outcomes().skipped(member, SkipReason.SWAP_FILE);
        } else if (errno == Errno.EPERM || errno == Errno.EACCES) {
          scope.outcomes().refused(member, Refusal.NOT_PERMITTED);
        } else if (CloneCalls.meansCannot(errno)) {
          scope.outcomes().refused(member, Refusal.STORED_OTHERWISE);
        } else {
          files.failed(member, cause);
        }
      }
    }
  }

  @Override
  public void close() {
    matcher.close();
    fingerprints.close();
  }
}
