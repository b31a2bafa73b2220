package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.hash.Fingerprint;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.index.ObjectEntry;
import dev.hashify.link.BatchException;
import dev.hashify.plan.FileTable;
import dev.hashify.plan.FingerprintGroups;
import dev.hashify.plan.KeeperOrder;
import dev.hashify.plan.KeyGroups;
import dev.hashify.plan.Member;
import dev.hashify.report.RunMode;
import dev.hashify.store.ObjectName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The second stage for one store: every group of files that may be equal is examined, by several
/// threads, each with a sink of its own.
final class Comparing {

  /// A group of more parts than these is told apart before its files become members, which take
  /// some 200 bytes each: with 400 open files, of more than 51,200 files.
  private static final int PARTS_MAX = 128;

  private final ExaminerScope scope;
  private final StoreWork work;
  private final KeyGroups groups;
  private final MemberFactory members;
  private final CandidateOpener opener;
  private final Cancellation cancellation;
  private final GroupProgress progress;

  Comparing(
      ExaminerScope scope,
      KeyGroups groups,
      MemberFactory members,
      CandidateOpener opener,
      Cancellation cancellation,
      EventSink sink) {
    this.scope = scope;
    this.work = scope.work();
    this.groups = groups;
    this.members = members;
    this.opener = opener;
    this.cancellation = cancellation;
    progress = new GroupProgress(work.table(), groups, scope.outcomes(), sink.meter());
  }

  /// Examines all groups in `order`.
  ///
  /// @param sinks makes the sink of each thread
  void run(int threads, ReadingOrder order, Supplier<ShareSink> sinks)
      throws BatchException, IndexException, InterruptedException {
    progress.expect();
    order.examine(pass ->
        new GroupThreads(pass.count(), cancellation)
            .run(threads, () -> new Worker(pass, sinks.get())));
    if (cancellation.isRequested()) {
      scope.outcomes().interrupted();
    }
  }

  /// One thread's part of the work.
  private final class Worker implements GroupThreads.Worker {
    private final IndexReader reader;
    private final GroupExaminer examiner;
    private final ReadingOrder.Pass pass;

    Worker(ReadingOrder.Pass pass, ShareSink sink) throws IndexException {
      this.pass = pass;
      reader = work.session().index().reader();
      examiner = new GroupExaminer(progress.counting(scope), sink);
    }

    @Override
    public void examine(int at) throws BatchException, IndexException {
      Comparing.this.examine(groups.group(pass.number(at)), reader, examiner);
    }

    @Override
    public void finish() throws BatchException {
      examiner.flush();
    }

    @Override
    public void close() {
      examiner.close();
      reader.close();
    }
  }

  private void examine(int[] leaders, IndexReader reader, GroupExaminer examiner)
      throws BatchException, IndexException {
    FileTable table = work.table();
    if (!progress.isUndecided(leaders)) {
      return;
    }
    progress.begun(leaders);
    if (leaders.length > 1) {
      // LMDB cannot use any page again that was freed since a reader's last refresh.
      reader.refresh();
    }
    ObjectCatalog catalog = work.session().catalog(reader);
    List<ObjectEntry> objects = catalog.byKey(table.key(leaders[0]));
    if (leaders.length == 1 && objects.isEmpty()) {
      setUnique(leaders[0]);
      return;
    }
    var found =
        new Objects(
            catalog,
            reader,
            table.key(leaders[0]),
            Optional.empty(),
            work.session().areObjectsKnown()
                ? GroupExaminer.Partners.ALL_AT_HAND
                : GroupExaminer.Partners.OBJECT_MISSED);
    if (leaders.length > PARTS_MAX * scope.openFilesMax()) {
      examineByFingerprint(leaders, found, examiner);
    } else {
      examineInParts(inOrder(leaders), found, examiner);
    }
    progress.done(leaders);
  }

  private List<Member> inOrder(int[] leaders) {
    List<Member> inOrder = new ArrayList<>(leaders.length);
    for (int leader : leaders) {
      inOrder.add(members.of(leader));
    }
    inOrder.sort(KeeperOrder.INSTANCE);
    return inOrder;
  }

  private void setUnique(int leader) {
    byte state = work.isObject(work.table().inode(leader)) ? PathState.SHARED : PathState.UNIQUE;
    for (int row : groups.namesOf(leader)) {
      work.table().setState(row, state);
    }
  }

  /// Where the objects of a group are looked up.
  ///
  /// @param likely the only ones that the members in question may be equal to, if these were told
  ///   apart by fingerprints; besides, what is adopted of them
  /// @param partners whether all objects could be looked at so far
  private record Objects(
      ObjectCatalog catalog,
      IndexReader reader,
      long key,
      Optional<List<ObjectEntry>> likely,
      GroupExaminer.Partners partners) {

    List<ObjectEntry> all() throws IndexException {
      return likely.isPresent() ? likely.get() : catalog.byKey(key);
    }

    Optional<ObjectName> nameOf(Member member) throws IndexException {
      return member.isObject()
          ? catalog.byInode(member.inode()).flatMap(StoreSession::nameOf)
          : Optional.empty();
    }
  }

  private void examineInParts(List<Member> waiting, Objects objects, GroupExaminer examiner)
      throws BatchException, IndexException {
    Map<Long, Member> carried = new HashMap<>();
    int from = 0;
    while (from < waiting.size()) {
      int to = Math.min(waiting.size(), from + scope.openFilesMax(waiting.get(from)));
      Part opened = open(waiting.subList(from, to), objects, carried.values());
      var examined = examiner.examine(opened.candidates, opened.partners);
      from = to;
      if (from == waiting.size()) {
        return;
      }
      // What was adopted in this part is an object in the next one.
      examiner.settle();
      objects.reader().refresh();
      boolean isOneContent = examined.alone().isEmpty() && examined.keepers().size() <= 1;
      if (isOneContent || objects.likely().isPresent()) {
        examined.keepers().forEach(keeper -> carried.put(keeper.inode(), keeper));
        examined.alone().forEach(alone -> carried.put(alone.inode(), alone));
      } else {
        List<Member> rest = new ArrayList<>(waiting.subList(from, waiting.size()));
        rest.addAll(examined.alone());
        rest.addAll(keptByPath(examined.keepers()));
        examineByFingerprint(rest, objects, examiner);
        return;
      }
    }
  }

  /// The keepers that are to be found by a path: none in a real run, which has made them objects.
  private List<Member> keptByPath(List<Member> keepers) {
    return scope.request().mode() == RunMode.REAL
        ? List.of()
        : keepers.stream().filter(keeper -> !keeper.names().isEmpty()).toList();
  }

  /// Many files of one key and several contents: equal ones need not be in one part, so all are
  /// told apart first. Costs one more read of those that turn out to be equal.
  private void examineByFingerprint(List<Member> rest, Objects objects, GroupExaminer examiner)
      throws BatchException, IndexException {
    Map<Fingerprint, List<Member>> groups = new LinkedHashMap<>();
    for (var member : rest) {
      fingerprint(member, objects, examiner)
          .ifPresent(print -> groups.computeIfAbsent(print, _ -> new ArrayList<>()).add(member));
    }
    var known = knownObjects(objects, examiner);
    for (var group : groups.entrySet()) {
      examineInParts(group.getValue(), known.of(group.getKey()), examiner);
    }
    examiner.flush();
    objects.reader().refresh();
  }

  /// The same for so many files that there must not be an object for each.
  private void examineByFingerprint(int[] leaders, Objects objects, GroupExaminer examiner)
      throws BatchException, IndexException {
    var groups = new FingerprintGroups(leaders.length);
    for (int i = 0; i < leaders.length && !cancellation.isRequested(); i++) {
      int number = i;
      fingerprint(members.of(leaders[i]), objects, examiner)
          .ifPresent(print -> groups.add(number, print.high(), print.low()));
    }
    var known = knownObjects(objects, examiner);
    for (int group = 0; group < groups.count() && !cancellation.isRequested(); group++) {
      int[] numbers = groups.files(group);
      var print = new Fingerprint(groups.high(numbers[0]), groups.low(numbers[0]));
      int[] equal = Arrays.stream(numbers).map(number -> leaders[number]).toArray();
      examineInParts(inOrder(equal), known.of(print), examiner);
    }
    examiner.flush();
    objects.reader().refresh();
  }

  /// The objects of a key by their fingerprints.
  ///
  /// @param partners whether all of them could be read
  private record KnownObjects(
      Objects objects,
      Map<Fingerprint, List<ObjectEntry>> prints,
      GroupExaminer.Partners partners) {

    /// Those that files of this fingerprint may be equal to.
    Objects of(Fingerprint print) {
      List<ObjectEntry> equal = prints.getOrDefault(print, List.of());
      return new Objects(
          objects.catalog(), objects.reader(), objects.key(), Optional.of(equal), partners);
    }
  }

  private KnownObjects knownObjects(Objects objects, GroupExaminer examiner) throws IndexException {
    Map<Fingerprint, List<ObjectEntry>> prints = new HashMap<>();
    var partners = objects.partners();
    for (var object : objects.all()) {
      var print = fingerprint(members.of(object), objects, examiner);
      print.ifPresent(found -> prints.computeIfAbsent(found, _ -> new ArrayList<>()).add(object));
      partners = print.isPresent() ? partners : GroupExaminer.Partners.OBJECT_MISSED;
    }
    return new KnownObjects(objects, prints, partners);
  }

  private Optional<Fingerprint> fingerprint(Member member, Objects objects, GroupExaminer examiner)
      throws IndexException {
    var part = new Part();
    part.open(member, objects.nameOf(member));
    Optional<Fingerprint> print =
        part.candidates.isEmpty()
            ? Optional.empty()
            : examiner.fingerprint(part.candidates.getFirst());
    part.candidates.forEach(Candidate::close);
    return print;
  }

  private Part open(List<Member> members, Objects objects, Collection<Member> carried)
      throws IndexException {
    var part = new Part();
    try {
      part.open(members, objects, carried);
      return part;
    } catch (IndexException | RuntimeException | Error failed) {
      part.candidates.forEach(Candidate::close);
      throw failed;
    }
  }

  /// Members of a group that are open at a time.
  private final class Part {
    private final List<Candidate> candidates = new ArrayList<>();
    private GroupExaminer.Partners partners = GroupExaminer.Partners.ALL_AT_HAND;

    void open(List<Member> part, Objects objects, Collection<Member> carried)
        throws IndexException {
      partners = objects.partners();
      Set<Long> opened = new HashSet<>();
      for (var member : part) {
        opened.add(member.inode());
        open(member, objects.nameOf(member));
      }
      for (var object : objects.all()) {
        if (opened.add(object.inode())) {
          open(members.of(object), StoreSession.nameOf(object));
        }
      }
      for (var keeper : carried) {
        // In a dry run nothing is adopted; the keeper of an earlier part is opened by its path.
        if (opened.add(keeper.inode())) {
          Optional<ObjectEntry> adopted = objects.catalog().byInode(keeper.inode());
          if (adopted.isPresent()) {
            open(members.of(adopted.get()), StoreSession.nameOf(adopted.get()));
          } else {
            open(keeper, objects.nameOf(keeper));
          }
        }
      }
    }

    private void open(Member member, Optional<ObjectName> object) {
      switch (opener.open(work, member, object)) {
        case CandidateOpener.Opening.Opened(Candidate candidate) -> candidates.add(candidate);
        case CandidateOpener.Opening.Refused(Refusal reason) -> {
          scope.outcomes().refused(member, reason);
          // What is gone from the store is no partner any more.
          if (reason != Refusal.VANISHED || !member.names().isEmpty()) {
            missed(member);
          }
        }
        case CandidateOpener.Opening.Skipped(var reason) ->
            scope.outcomes().skipped(member, reason);
        case CandidateOpener.Opening.Failed(var problem) -> {
          scope.outcomes().failed(member, problem);
          missed(member);
        }
      }
    }

    private void missed(Member member) {
      if (member.isObject()) {
        partners = GroupExaminer.Partners.OBJECT_MISSED;
      }
    }
  }
}
