package dev.hashify.engine;

import dev.hashify.file.ContentId;
import dev.hashify.file.ExtendedAttributes;
import dev.hashify.file.FileProblem;
import dev.hashify.file.FileStat;
import dev.hashify.file.Refusal;
import dev.hashify.hash.ByteComparer;
import dev.hashify.hash.Comparison;
import dev.hashify.hash.Fingerprint;
import dev.hashify.hash.Fingerprints;
import dev.hashify.hash.GroupComparison;
import dev.hashify.hash.IdWanted;
import dev.hashify.hash.ReadFailure;
import dev.hashify.hash.ReadWatch;
import dev.hashify.hash.SameBytes;
import dev.hashify.hash.SmallFiles;
import dev.hashify.link.BatchException;
import dev.hashify.link.Duplicate;
import dev.hashify.link.Keeper;
import dev.hashify.link.ShareGroup;
import dev.hashify.os.OpenFile;
import dev.hashify.plan.IdentityKey;
import dev.hashify.plan.KeeperOrder;
import dev.hashify.plan.Member;
import dev.hashify.report.RunMode;
import dev.hashify.store.ObjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds out which members of a group are equal, and hands them on to be shared. One for each
/// comparing thread.
///
/// Members are split by everything a hard link would share, then compared: the preferred keeper
/// with all others in one pass. If some differ, those are told apart by fingerprints, one read
/// each, and compared only among equals, so that no group is compared pair by pair. Small files are
/// told apart by their bytes at once ([SmallGroup]).
final class GroupExaminer implements AutoCloseable {

  private final ExaminerScope scope;
  private final ShareSink sink;
  private final ByteComparer comparer;
  private final Fingerprints fingerprints;
  private final SmallFiles smallFiles;
  private final ReadWatch watch;

  /// Whether what is kept gets a name by its content: it costs more than the comparison, and a dry
  /// run needs none.
  private final boolean namesContent;

  private Partners partners = Partners.ALL_AT_HAND;

  GroupExaminer(ExaminerScope scope, ShareSink sink) {
    this.scope = scope;
    this.sink = sink;
    comparer = new ByteComparer(scope.linux());
    fingerprints = new Fingerprints(scope.linux());
    smallFiles = new SmallFiles(scope.linux());
    namesContent = scope.request().mode() == RunMode.REAL;
    watch =
        scope.request().mode() == RunMode.REAL
            ? file -> scope.linux().leases().isUndisturbed(file.descriptor())
            : ReadWatch.ALWAYS;
  }

  /// Whether all files that the candidates could share with are among them.
  enum Partners {
    ALL_AT_HAND,
    /// An object could not be looked at. What finds no other object is left for the next run:
    /// nothing would remind it of files called unique, and sharing them would make a second object
    /// of what may be the same content, which nothing ever joins with the first.
    OBJECT_MISSED
  }

  /// What became of members that further candidates may be equal to.
  ///
  /// @param keepers those others share with
  /// @param alone those of paths without a partner so far
  record Examined(List<Member> keepers, List<Member> alone) {}

  /// Decides about all candidates, and closes those that are not handed on.
  Examined examine(List<Candidate> candidates, Partners atHand) throws BatchException {
    partners = atHand;
    Map<InodeMetadata, List<Candidate>> alike = new LinkedHashMap<>();
    for (var candidate : candidates) {
      alike.computeIfAbsent(metadata(candidate), _ -> new ArrayList<>()).add(candidate);
    }
    var examined = new Examined(new ArrayList<>(), new ArrayList<>());
    boolean isDone = false;
    try {
      for (var group : alike.entrySet()) {
        Optional<Refusal> difference = difference(group.getKey(), alike.keySet());
        for (var equal : byFingerprint(group.getValue())) {
          new Round(equal, examined, difference, Optional.empty()).run();
        }
      }
      isDone = true;
    } finally {
      if (!isDone) {
        // The run ends here; what was handed on is closed by the sink, and once more here.
        candidates.forEach(Candidate::close);
      }
    }
    return examined;
  }

  /// Parts candidates that were all read ahead, so that only what can be equal is compared.
  private Collection<List<Candidate>> byFingerprint(List<Candidate> candidates) {
    if (scope.readAhead().isEmpty()) {
      return List.of(candidates);
    }
    Map<Fingerprint, List<Candidate>> prints = new LinkedHashMap<>();
    for (var candidate : candidates) {
      Optional<Fingerprint> print = scope.readAhead().fingerprint(candidate.member());
      if (print.isEmpty()) {
        return List.of(candidates);
      }
      prints.computeIfAbsent(print.get(), _ -> new ArrayList<>()).add(candidate);
    }
    if (prints.size() > 1) {
      prints.forEach(
          (print, equal) -> equal.forEach(each -> scope.rememberFingerprint(each.member(), print)));
    }
    return prints.values();
  }

  /// What keeps files from likes that nobody knows to have other content: said of those that have
  /// no partner, because it explains more.
  private static Optional<Refusal> difference(InodeMetadata own, Set<InodeMetadata> all) {
    return all.stream()
        .filter(other -> !other.equals(own))
        .map(own::onlyDifference)
        .flatMap(Optional::stream)
        .min(Comparator.comparingInt(Refusal::code));
  }

  private InodeMetadata metadata(Candidate candidate) {
    FileStat stat = candidate.file().stat();
    var identity = scope.identity();
    return new InodeMetadata(
        stat.sizeBytes(),
        stat.mode(),
        stat.uid(),
        stat.gid(),
        identity.ignores(IdentityKey.MTIME) ? 0 : stat.modifiedNanos(),
        identity.ignores(IdentityKey.XATTR) ? ExtendedAttributes.NONE : candidate.extended(),
        candidate.flags(),
        candidate.project(),
        scope.pathsOf(candidate));
  }

  /// Candidates of equal metadata, until each is decided.
  private final class Round {
    private final List<Candidate> waiting;
    private final Examined examined;
    private final Optional<Refusal> difference;
    private final Optional<SmallGroup> read;

    /// @param difference what keeps them from further files that are like them otherwise
    /// @param read where they were read already and found equal
    Round(
        List<Candidate> candidates,
        Examined examined,
        Optional<Refusal> difference,
        Optional<SmallGroup> read) {
      this.examined = examined;
      this.difference = difference;
      this.read = read;
      waiting = new ArrayList<>(candidates);
      waiting.sort((a, b) -> KeeperOrder.INSTANCE.compare(a.member(), b.member()));
    }

    void run() throws BatchException {
      if (read.isEmpty() && SmallGroup.isOne(waiting) && mayShare()) {
        readSmall();
      }
      while (!waiting.isEmpty()) {
        if (waiting.size() == 1 || !mayShare()) {
          waiting.forEach(this::alone);
          waiting.clear();
        } else {
          step();
        }
      }
    }

    private boolean mayShare() {
      boolean anyToMove = !waiting.stream().allMatch(Candidate::isKeeperOnly);
      return anyToMove
          && (partners == Partners.ALL_AT_HAND || waiting.getFirst().object().isPresent());
    }

    /// Reads all, and decides those that were told apart.
    private void readSmall() throws BatchException {
      sink.beforeReading(waiting.getFirst().file().sizeBytes() * waiting.size());
      long before = smallFiles.bytesRead();
      var group = new SmallGroup(smallFiles, waiting, watch);
      scope.outcomes().read(smallFiles.bytesRead() - before, waiting.size());
      waiting.clear();
      waiting.addAll(group.rest());
      group.failures(GroupExaminer.this::failed);
      if (namesContent) {
        group.fingerprints(scope::rememberFingerprint);
      }
      for (var equal : group.byContent()) {
        new Round(equal, examined, difference, Optional.of(group)).run();
      }
    }

    private GroupComparison compare(Candidate keeper, List<Candidate> others, IdWanted wanted)
        throws BatchException {
      if (read.isPresent()) {
        return read.get().compare(keeper, others, wanted);
      }
      sink.beforeReading(keeper.file().sizeBytes() * (1L + others.size()));
      long before = comparer.bytesRead();
      var answer = comparer.compare(keeper.file(), filesOf(others), wanted, watch);
      scope.outcomes().read(comparer.bytesRead() - before, 1L + others.size());
      return answer;
    }

    /// Compares the first with all others.
    private void step() throws BatchException {
      Candidate keeper = waiting.removeFirst();
      List<Candidate> others = new ArrayList<>();
      List<Candidate> stay = new ArrayList<>();
      int room = scope.namesLeft(keeper);
      for (var candidate : waiting) {
        int names = candidate.member().names().size();
        boolean fits = !candidate.isKeeperOnly() && names <= room;
        room -= fits ? names : 0;
        (fits ? others : stay).add(candidate);
      }
      waiting.clear();
      if (others.isEmpty()) {
        alone(keeper);
        waiting.addAll(stay);
        return;
      }
      IdWanted wanted = namesContent && keeper.object().isEmpty() ? IdWanted.YES : IdWanted.NO;
      switch (compare(keeper, others, wanted)) {
        case GroupComparison.KeeperFailed(var failure) -> {
          failed(keeper, failure);
          waiting.addAll(others);
          waiting.addAll(stay);
        }
        case GroupComparison.Compared(var id, var answers) -> {
          List<Candidate> different = sortOut(keeper, id, others, answers);
          tellApart(different, stay);
        }
      }
    }

    private static List<OpenFile> filesOf(List<Candidate> candidates) {
      List<OpenFile> files = new ArrayList<>(candidates.size());
      for (var candidate : candidates) {
        files.add(candidate.file());
      }
      return files;
    }

    /// Hands on those that are equal to the keeper; returns those that differ.
    private List<Candidate> sortOut(
        Candidate keeper, Optional<ContentId> id, List<Candidate> others, List<Comparison> answers)
        throws BatchException {
      List<Duplicate> equal = new ArrayList<>();
      List<Candidate> different = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        Candidate other = others.get(i);
        switch (answers.get(i)) {
          case Comparison.Same(SameBytes receipt) -> equal.add(duplicate(other, receipt));
          case Comparison.Different() -> different.add(other);
          case Comparison.DuplicateFailed(ReadFailure failure) -> failed(other, failure);
        }
      }
      Optional<ObjectName> name = keeper.object();
      if (name.isEmpty() && id.isPresent()) {
        name = Optional.of(new ObjectName(id.get(), scope.keyOf(keeper.member()), 0));
      }
      if (equal.isEmpty() || (namesContent && name.isEmpty())) {
        alone(keeper);
      } else {
        examined.keepers().add(keeper.member());
        Optional<Member> member =
            keeper.isKeeperOnly() ? Optional.empty() : Optional.of(keeper.member());
        sink.share(
            new ShareGroup(new Keeper(keeper.file(), keeper.extended(), name, member), equal));
      }
      return different;
    }

    private static Duplicate duplicate(Candidate candidate, SameBytes receipt) {
      return new Duplicate(
          candidate.member(), candidate.file(), candidate.extended(), receipt, candidate.object());
    }

    /// Groups what differs from the keeper by fingerprints. What had no room stays for another
    /// keeper and has the keeper's content or not: it is compared anew.
    private void tellApart(List<Candidate> different, List<Candidate> stay) throws BatchException {
      if (different.isEmpty() || different.size() + stay.size() == 1) {
        waiting.addAll(different);
        waiting.addAll(stay);
        return;
      }
      List<Candidate> all = new ArrayList<>(different);
      all.addAll(stay);
      Map<Fingerprint, List<Candidate>> prints = new LinkedHashMap<>();
      for (var candidate : all) {
        fingerprint(candidate)
            .ifPresent(
                print -> prints.computeIfAbsent(print, _ -> new ArrayList<>()).add(candidate));
      }
      for (var group : prints.values()) {
        new Round(group, examined, difference, Optional.empty()).run();
      }
    }

    private void alone(Candidate candidate) {
      if (partners == Partners.OBJECT_MISSED && candidate.object().isEmpty()) {
        scope.outcomes().unsettled(candidate.member());
      } else if (difference.isPresent()) {
        scope.outcomes().refused(candidate.member(), difference.get());
      } else {
        scope.outcomes().unique(candidate.member());
      }
      if (!candidate.isKeeperOnly()) {
        examined.alone().add(candidate.member());
      }
      candidate.close();
    }
  }

  /// The fingerprint of a member's content, as an earlier run made it or by reading. A member that
  /// cannot be read is closed, and why is told.
  Optional<Fingerprint> fingerprint(Candidate candidate) {
    Optional<Fingerprint> known = scope.knownFingerprint(candidate.member());
    if (known.isPresent()) {
      return known;
    }
    Optional<Fingerprint> read = scope.readAhead().fingerprint(candidate.member());
    if (read.isPresent()) {
      scope.rememberFingerprint(candidate.member(), read.get());
      return read;
    }
    long before = fingerprints.bytesRead();
    var result = fingerprints.of(candidate.file());
    scope.outcomes().read(fingerprints.bytesRead() - before, 1);
    return switch (result) {
      case dev.hashify.hash.FingerprintResult.Made(Fingerprint print) -> {
        scope.rememberFingerprint(candidate.member(), print);
        yield Optional.of(print);
      }
      case dev.hashify.hash.FingerprintResult.Failed(ReadFailure failure) -> {
        failed(candidate, failure);
        yield Optional.empty();
      }
    };
  }

  private void failed(Candidate candidate, ReadFailure failure) {
    if (candidate.object().isPresent()) {
      partners = Partners.OBJECT_MISSED;
    }
    switch (failure) {
      case ReadFailure.Changed() -> scope.outcomes().refused(candidate.member(), Refusal.CHANGED);
      case ReadFailure.Unreadable(var cause) ->
          scope
              .outcomes()
              .failed(
                  candidate.member(),
                  new FileProblem(
                      scope.pathOf(candidate), "not read", cause.why(), "left as it was"));
    }
    candidate.close();
  }

  /// Does what the sink still holds.
  void flush() throws BatchException {
    sink.flush();
  }

  /// The same, and whatever became an object is found in the index.
  void settle() throws BatchException {
    sink.settle();
  }

  @Override
  public void close() {
    sink.close();
    comparer.close();
    fingerprints.close();
    smallFiles.close();
  }
}
