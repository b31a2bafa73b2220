package dev.hashify.engine;

import dev.hashify.file.FileAttributes;
import dev.hashify.file.FileMode;
import dev.hashify.file.FileProblem;
import dev.hashify.file.PathState;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.index.ObjectEntry;
import dev.hashify.os.ErrnoException;
import dev.hashify.plan.Identity;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.PathExplanation;
import dev.hashify.report.PathExplanation.Decision;
import dev.hashify.report.PathExplanation.FileFacts;
import dev.hashify.report.PathExplanation.Group;
import dev.hashify.report.PathExplanation.Like;
import dev.hashify.report.PathExplanation.Place;
import dev.hashify.report.PathExplanation.RuleWord;
import dev.hashify.report.PathExplanation.Source;
import dev.hashify.report.StatusReport.StoreState;
import dev.hashify.select.RuleSet;
import dev.hashify.store.Guard;
import dev.hashify.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Explains the paths of one store.
final class PathExplainer {

  /// How many paths of a group are named.
  private static final int NAMED_MAX = 20;

  private final Known known;
  private final Store store;
  private final Optional<RecordedRun> lastRun;
  private final Optional<Settings> settings;

  /// What is open.
  ///
  /// @param roots all of which there are records
  record Known(
      Environment environment,
      StoreSession session,
      IndexReader reader,
      List<SettledRoots.Entry> roots) {}

  /// @param lastRun that of the roots of the paths to explain, if it is recorded
  PathExplainer(Known known, Optional<RecordedRun> lastRun) {
    this.known = known;
    this.lastRun = lastRun;
    this.store = known.session().requireStore();
    this.settings = lastRun.map(RecordedRun::settings);
  }

  /// Explains those that are there, or were in the last run.
  ///
  /// @param unexplained told of the others, with the reason
  List<PathExplanation> explain(
      List<PathInQuestion> asked, BiConsumer<TreePath, String> unexplained)
      throws IndexException, ErrnoException {
    List<PathInQuestion> readable = asked.stream().filter(PathInQuestion::isReadable).toList();
    if (!readable.isEmpty()) {
      new Relatives(known.reader(), identity(), readable).find(known.roots());
    }
    List<PathExplanation> all = new ArrayList<>();
    for (var path : asked) {
      if (path.isThere() || path.recordedRow() >= 0) {
        all.add(explain(path));
      } else {
        unexplained.accept(path.path(), "it is not there, and was not in the last run");
      }
    }
    return all;
  }

  private Identity identity() {
    return settings.map(Settings::identity).orElse(new Identity(Set.of()));
  }

  private PathExplanation explain(PathInQuestion path) throws IndexException, ErrnoException {
    Optional<RuleSet> rules =
        lastRun.flatMap(run -> Optional.ofNullable(run.rules().get(path.root().rules())));
    Decided decided = decide(path, rules);
    List<Like> likes = new ArrayList<>();
    Group group = Group.NONE;
    try (var files = new LikeFiles(known.environment().linux(), identity())) {
      boolean isSharing = decided.state == PathState.SHARED || decided.state == PathState.CLONED;
      if (path.isReadable() && isSharing) {
        group = decided.state == PathState.SHARED ? ofObject(path) : ofBlocks(files, path);
      } else if (path.isReadable() && PathState.skipReason(decided.state).isEmpty()) {
        likes.addAll(files.of(path));
      }
    }
    Guard guard = store.format().guard();
    String share = guard.isForHardLinks() ? StoreState.HARD_LINKS : StoreState.REFLINKS;
    return new PathExplanation(
        path.path(),
        new Place(path.root().path(), store.path(), share, guard.text()),
        rules.map(set -> rule(set, path)),
        path.isReadable() ? Optional.of(facts(path)) : Optional.empty(),
        decided.decision,
        group,
        likes,
        path.isThere() ? ChangeHints.of(decided.state, path.below(), guard, likes) : List.of());
  }

  private static RuleWord rule(RuleSet rules, PathInQuestion path) {
    var decision = rules.explain(path.below()).decision();
    String verdict =
        switch (decision.verdict()) {
          case INCLUDE -> "included";
          case EXCLUDE -> "excluded";
          case SKIP -> "skipped";
        };
    String how =
        switch (decision) {
          case dev.hashify.select.Decision.ByRule _ -> "";
          case dev.hashify.select.Decision.Inherited inherited -> " with /" + inherited.ancestor();
          case dev.hashify.select.Decision.ByDefault _ -> " by default";
        };
    String place =
        decision
            .decidingRule()
            .map(rule -> rule.source() + ":" + rule.line() + ":" + rule.text())
            .orElse("");
    return new RuleWord(verdict + how, place);
  }

  /// A state with its words.
  private record Decided(byte state, Decision decision) {}

  private Decided decide(PathInQuestion path, Optional<RuleSet> rules)
      throws IndexException, ErrnoException {
    byte recorded = path.recordedRow() < 0 ? PathState.UNSETTLED : recordedState(path);
    if (!path.isThere()) {
      List<String> since = List.of("it was " + text(recorded));
      return new Decided(
          recorded, new Decision("gone", "", "it is not there any more", Source.NOW, since));
    }
    List<String> since = new ArrayList<>(path.changes());
    if (path.recordedRow() < 0) {
      since.add(
          path.record() == null
              ? "its directory is new since, or could not be read then"
              : "it is new");
    } else if (!isOfLastRun(path, rules)) {
      since.add("what is recorded of it was decided by other rules or options");
    }
    if (since.isEmpty() && recorded != PathState.UNSETTLED && !isLostObject(path, recorded)) {
      return new Decided(recorded, decision(path, recorded, Source.LAST_RUN, since));
    }
    if (path.recordedRow() >= 0) {
      since.add("then it was " + text(recorded));
    }
    byte now =
        settings.isPresent() && rules.isPresent()
            ? new DryJudge(known).judge(path, settings.get(), rules.get())
            : PathState.UNSETTLED;
    return new Decided(now, decision(path, now, Source.NOW, since));
  }

  private static byte recordedState(PathInQuestion path) {
    return path.record() == null ? PathState.UNSETTLED : path.record().state(path.recordedRow());
  }

  /// Whether the record was made, or found to hold, by the last run.
  private boolean isOfLastRun(PathInQuestion path, Optional<RuleSet> rules) {
    if (settings.isEmpty() || rules.isEmpty() || path.record() == null) {
      return true;
    }
    var context = settings.get().context(known.session().identity(), rules.get(), path.directory());
    return path.record().context().equals(context);
  }

  private boolean isLostObject(PathInQuestion path, byte state) throws IndexException {
    return state == PathState.SHARED && object(path).isEmpty();
  }

  private Optional<ObjectEntry> object(PathInQuestion path) throws IndexException {
    return known.session().catalog(known.reader()).byInode(path.inode());
  }

  private Decision decision(PathInQuestion path, byte state, Source source, List<String> since) {
    String reason =
        PathState.skipReason(state)
            .map(ChangeHints::word)
            .or(() -> PathState.refusal(state).map(ChangeHints::word))
            .orElse("");
    if (path.listing().isDirectory(path.row())) {
      String text =
          state == PathState.skipped(SkipReason.EXCLUDED)
              ? "not entered: excluded by a rule, and no rule takes anything below it"
              : "entered";
      return new Decision("directory", reason, text, source, since);
    }
    return new Decision(word(state), reason, words(path, state), source, since);
  }

  private String words(PathInQuestion path, byte state) {
    if (state != PathState.PROBLEM) {
      return text(state);
    }
    return lastRun.stream()
        .flatMap(run -> run.problems().stream())
        .filter(problem -> problem.path().equals(path.path()))
        .findFirst()
        .map(PathExplainer::withoutPath)
        .orElse("it failed; the message was not kept");
  }

  private static String withoutPath(FileProblem problem) {
    return problem.notDone() + ": " + problem.why() + "; " + problem.consequence();
  }

  private static String word(byte state) {
    return switch (state) {
      case PathState.UNSETTLED -> "candidate";
      case PathState.UNIQUE -> "unique";
      case PathState.SHARED, PathState.CLONED -> "shared";
      case PathState.PROBLEM -> "problem";
      default -> PathState.skipReason(state).isPresent() ? "skipped" : "refused";
    };
  }

  private static String text(byte state) {
    return switch (state) {
      case PathState.UNSETTLED -> "a candidate: the next run compares it with its likes";
      case PathState.UNIQUE -> "unique: no file was equal to it in all that must be equal";
      case PathState.SHARED -> "shared: its inode is an object of the store";
      case PathState.CLONED -> "shared: its blocks are those of its equals";
      case PathState.PROBLEM -> "a problem";
      default ->
          PathState.skipReason(state)
              .map(skip -> "skipped: " + skip.text())
              .or(() -> PathState.refusal(state).map(refusal -> "refused: " + refusal.text()))
              .orElse("unknown");
    };
  }

  private FileFacts facts(PathInQuestion path) {
    var listing = path.listing();
    int row = path.row();
    List<String> ignored = new ArrayList<>();
    for (var key : IdentityKey.values()) {
      if (identity().ignores(key)) {
        ignored.add(key.name().toLowerCase(Locale.ROOT));
      }
    }
    if (identity().extent() == Identity.Extent.BLOCKS) {
      ignored.addAll(List.of("owner", "mode", "mtime", "xattr"));
    }
    return new FileFacts(
        TreePath.of(path.path().name()).toString(),
        listing.sizeBytes(row),
        String.format(Locale.ROOT, "%04o", listing.mode(row) & FileMode.PERMISSION_MASK),
        listing.uid(row),
        listing.gid(row),
        listing.modifiedNanos(row),
        listing.inode(row),
        listing.links(row),
        attributes(path),
        ignored.stream().distinct().toList());
  }

  private List<String> attributes(PathInQuestion path) {
    var linux = known.environment().linux();
    try (var directory = linux.open().directory(path.path().parent());
        var file = linux.open().file(directory, path.path().name())) {
      return linux.attributes().extended(file).all().stream()
          .map(attribute -> TreePath.of(attribute.name()).toString())
          .toList();
    } catch (ErrnoException failed) {
      return List.of("not read: " + failed.why());
    }
  }

  private Group ofObject(PathInQuestion path) throws IndexException {
    var object = object(path);
    Optional<TreePath> place =
        object
            .flatMap(StoreSession::nameOf)
            .map(name -> store.path().child("objects").resolve(TreePath.of(name.text())));
    Guard guard = store.format().guard();
    int attributes = path.listing().attributes(path.row());
    Optional<Boolean> isOn =
        guard.isOnInode()
            ? Optional.of(
                (attributes
                        & (guard == Guard.VERITY
                            ? FileAttributes.VERITY
                            : FileAttributes.IMMUTABLE))
                    != 0)
            : Optional.empty();
    long others = path.found().allNames();
    // One name is this path, one is in the store.
    long unknown = Math.max(0, path.listing().links(path.row()) - 2 - others);
    return new Group(place, isOn, others, named(path.found().names()), unknown);
  }

  private static List<TreePath> named(List<Relatives.Relative> relatives) {
    return relatives.stream().limit(NAMED_MAX).map(Relatives.Relative::path).sorted().toList();
  }

  private static Group ofBlocks(LikeFiles files, PathInQuestion path) {
    List<TreePath> same = files.inSameBlocks(path);
    List<TreePath> first = same.stream().sorted().limit(NAMED_MAX).toList();
    return new Group(Optional.empty(), Optional.empty(), same.size(), first, 0);
  }
}
