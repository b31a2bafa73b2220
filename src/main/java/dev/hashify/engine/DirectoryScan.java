package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import dev.hashify.file.FileProblem;
import dev.hashify.file.PathState;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.Fingerprint;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.os.ErrnoException;
import dev.hashify.plan.DirectorySource;
import dev.hashify.walk.DirectoryVisitor;
import dev.hashify.walk.WalkItem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at each directory of the walk: is it as the index remembers it, or who in it needs a
/// decision. One for each walking thread.
final class DirectoryScan implements DirectoryVisitor<RulesAt> {

  private final ScanScope scope;
  private final Map<StoreWork, IndexReader> readers = new HashMap<>();
  private final Map<StoreWork, Tally> tallies = new HashMap<>();
  private long filesSeen;

  private byte[] states = new byte[128];
  private long[] keys = new long[128];
  private int[] recorded = new int[128];

  DirectoryScan(ScanScope scope) {
    this.scope = scope;
  }

  @Override
  public void visit(
      WalkItem<RulesAt> item, DirectoryListing listing, Consumer<WalkItem<RulesAt>> descend) {
    StoreWork work = scope.workOf(item.root());
    OpenRoot root = scope.root(item.root());
    tally(work).directory();
    try {
      Fingerprint context =
          work.settings().context(work.session().identity(), root.rules(), item.path());
      DirectoryRecord record = reader(work).directory(root.volume(), item.inode());
      var visit = new Visit(work, root, item, listing, descend);
      if (record == null || !record.context().equals(context)) {
        changed(visit, context, new Knowledge(null, false, record));
        return;
      }
      boolean isSettled = record.token() == work.settled().token(root);
      boolean isPartlyLost = work.hasLostRoots() && hasLinkedUnique(record);
      if (isSettled && !isPartlyLost && record.isSettled() && record.matches(listing)) {
        unchanged(visit, record);
      } else {
        changed(visit, context, new Knowledge(record, isSettled, record));
      }
    } catch (IndexException failed) {
      throw new IndexUnusableError(failed);
    } finally {
      report(listing.count(), root, item);
    }
  }

  /// One directory's turn.
  private record Visit(
      StoreWork work,
      OpenRoot root,
      WalkItem<RulesAt> item,
      DirectoryListing listing,
      Consumer<WalkItem<RulesAt>> descend) {

    TreePath hostPath(int at) {
      return root.path()
          .resolve(item.path())
          .child(listing.names(), listing.nameStart(at), listing.nameLength(at));
    }
  }

  /// What the index says of a directory.
  ///
  /// @param believed its record, if it was made under the same rules, options and path
  /// @param isSettled whether what it calls unique was compared with all roots of this run
  /// @param any its record in any case, for what has gone since
  private record Knowledge(
      @Nullable DirectoryRecord believed, boolean isSettled, @Nullable DirectoryRecord any) {}

  private void report(int count, OpenRoot root, WalkItem<RulesAt> item) {
    filesSeen += count;
    if (filesSeen >= 1024) {
      scope.progress(filesSeen, () -> root.path().resolve(item.path()));
      filesSeen = 0;
    }
  }

  private Tally tally(StoreWork work) {
    return tallies.computeIfAbsent(work, _ -> new Tally());
  }

  private IndexReader reader(StoreWork work) throws IndexException {
    IndexReader known = readers.get(work);
    if (known == null) {
      known = work.session().index().reader();
      readers.put(work, known);
    }
    return known;
  }

  /// Everything is as it was: count it, go on below.
  private void unchanged(Visit visit, DirectoryRecord record) {
    DirectoryListing listing = visit.listing();
    Tally tally = tally(visit.work());
    tally.record(visit.root().volume(), record, 1);
    for (int i = 0; i < listing.count(); i++) {
      byte state = record.state(i);
      if (listing.isDirectory(i)) {
        if (state == PathState.UNIQUE) {
          descend(visit, i);
        }
      } else {
        if (tally.examples().lacks(state)) {
          tally.examples().note(state, visit.hostPath(i));
        }
        if (scope.sink().wantsEveryPath()) {
          tell(visit, i, state);
        }
      }
    }
    visit
        .work()
        .addUnchanged(
            new StoreWork.UnchangedDirectory(
                visit.item().root(), visit.item().path(), visit.item().inode()));
  }

  /// Whether a file had several names, all seen; some may have been in a root that is not in this
  /// run.
  private static boolean hasLinkedUnique(DirectoryRecord record) {
    for (int at = 0; at < record.count(); at++) {
      if (isLinkedUnique(record, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLinkedUnique(DirectoryRecord record, int at) {
    return PathState.isAlone(record.state(at))
        && FileMode.isRegular(record.mode(at))
        && record.links(at) > 1;
  }

  private void changed(Visit visit, Fingerprint context, Knowledge knowledge)
      throws IndexException {
    DirectoryListing listing = visit.listing();
    int count = listing.count();
    reserve(count);
    ObjectCatalog objects = visit.work().session().catalog(reader(visit.work()));
    var judge = new EntryJudge(scope, visit.work(), visit.root(), objects);
    DirectoryRecord believed = knowledge.believed();
    for (int i = 0; i < count; i++) {
      recorded[i] = believed == null ? -1 : believed.find(listing, i);
      int at = recorded[i];
      boolean isKept =
          at >= 0
              && believed != null
              && EntryJudge.isStillTrue(believed.state(at), knowledge.isSettled())
              && !(visit.work().hasLostRoots() && isLinkedUnique(believed, at));
      if (isKept && believed != null) {
        states[i] = believed.state(at);
        keys[i] = believed.key(at);
      } else {
        keys[i] = listing.isRegular(i) ? scope.key(visit.work(), listing, i) : 0;
        states[i] = judge.judge(visit.item().context(), listing, i, keys[i]);
      }
      act(visit, i);
    }
    noteGone(visit, knowledge.any());
    var source =
        new DirectorySource(
            visit.item().root(),
            visit.item().path(),
            visit.item().inode(),
            context.high(),
            context.low());
    int first = visit.work().table().add(source, listing, states, keys);
    for (int i = 0; believed != null && i < count; i++) {
      if (recorded[i] >= 0) {
        Optional<Fingerprint> known = believed.fingerprint(recorded[i]);
        int row = first + i;
        known.ifPresent(
            print -> visit.work().table().setFingerprint(row, print.high(), print.low()));
      }
    }
  }

  private void reserve(int count) {
    if (states.length < count) {
      int size = Math.max(count, states.length * 2);
      states = new byte[size];
      keys = new long[size];
      recorded = new int[size];
    }
    Arrays.fill(keys, 0, count, 0);
  }

  /// Goes below a directory, tells of a path that is decided already.
  private void act(Visit visit, int i) {
    if (visit.listing().isDirectory(i)) {
      if (states[i] == PathState.UNIQUE) {
        descend(visit, i);
      }
    } else if (visit.listing().failure(i).isPresent()) {
      String why = visit.listing().failure(i).get().display();
      scope
          .sink()
          .problem(
              new FileProblem(visit.hostPath(i), "cannot be looked at", why, "left as it was"));
    } else {
      Tally tally = tally(visit.work());
      if (tally.examples().lacks(states[i])) {
        tally.examples().note(states[i], visit.hostPath(i));
      }
      if (scope.sink().wantsEveryPath()) {
        tell(visit, i, states[i]);
      }
    }
  }

  private void descend(Visit visit, int i) {
    DirectoryListing listing = visit.listing();
    if (scope.isBoundary(visit.root(), listing.inode(i))) {
      return;
    }
    byte[] name = listing.name(i);
    visit
        .descend()
        .accept(
            new WalkItem<>(
                visit.item().root(),
                visit.item().path().child(name),
                listing.inode(i),
                visit.item().context().child(name)));
  }

  private void tell(Visit visit, int i, byte state) {
    Optional<SkipReason> skip = PathState.skipReason(state);
    if (skip.isPresent()) {
      Optional<String> rule =
          skip.get() == SkipReason.EXCLUDED ? ruleOf(visit, i) : Optional.empty();
      scope.sink().skip(visit.hostPath(i), skip.get(), rule);
    }
  }

  private static Optional<String> ruleOf(Visit visit, int i) {
    DirectoryListing listing = visit.listing();
    return Optional.of(
        visit
            .item()
            .context()
            .get()
            .decide(listing.names(), listing.nameStart(i), listing.nameLength(i))
            .toString());
  }

  /// Objects that lost a name here may be without names now; directories that went took names
  /// along.
  private void noteGone(Visit visit, @Nullable DirectoryRecord before) {
    if (before == null) {
      return;
    }
    boolean[] isThere = new boolean[before.count()];
    for (int i = 0; i < visit.listing().count(); i++) {
      int at = recorded[i] >= 0 ? recorded[i] : before.find(visit.listing(), i);
      if (at >= 0) {
        isThere[at] = true;
      }
    }
    for (int at = 0; at < isThere.length; at++) {
      if (!isThere[at] && before.state(at) == PathState.SHARED) {
        visit.work().addOrphan(before.inode(at));
      } else if (!isThere[at] && FileMode.isDirectory(before.mode(at))) {
        visit.work().addGone(visit.root().volume(), before.inode(at));
      }
    }
  }

  @Override
  public void boundary(WalkItem<RulesAt> item) {
    // What is mounted there is another file system's or mount's; it is a root of its own if given.
    // What is below the mount was not seen: what is recorded of it is not up to date any more.
    scope.workOf(item.root()).addUnread(scope.root(item.root()).volume(), item.inode());
    scope.sink().note(hostPath(item) + ": not entered: another mount or Btrfs subvolume");
  }

  @Override
  public void vanished(WalkItem<RulesAt> item) {
    scope.workOf(item.root()).addGone(scope.root(item.root()).volume(), item.inode());
  }

  @Override
  public void unreadable(WalkItem<RulesAt> item, ErrnoException cause) {
    tally(scope.workOf(item.root())).otherProblems++;
    scope.workOf(item.root()).addUnread(scope.root(item.root()).volume(), item.inode());
    scope
        .sink()
        .problem(
            new FileProblem(
                hostPath(item), "cannot be listed", cause.why(), "nothing below it was looked at"));
  }

  private TreePath hostPath(WalkItem<RulesAt> item) {
    return scope.root(item.root()).path().resolve(item.path());
  }

  @Override
  public void close() {
    for (var reader : readers.values()) {
      reader.close();
    }
    tallies.forEach(StoreWork::add);
  }
}
