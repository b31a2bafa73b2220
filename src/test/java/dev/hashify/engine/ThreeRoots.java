package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCalls;
import dev.hashify.report.RunEvent;
import dev.hashify.report.RunMode;
import dev.hashify.report.RunReport;
import dev.hashify.select.RuleListParser;
import dev.hashify.select.RuleSet;
import dev.hashify.select.RuleSyntaxException;
import dev.hashify.testkit.Invariants;
import dev.hashify.testkit.PlayedVerity;
import dev.hashify.testkit.Tree;
import dev.hashify.testkit.TreeFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/// Three small roots with everything a run has to decide about, a store beside them, and the runs
/// over them.
///
/// It remembers what a user could see of the roots, and checks after each run that this is so
/// still.
final class ThreeRoots implements AutoCloseable {

  private static final long MODIFIED = 1_700_000_000_123_456_789L;
  private static final String TIME_NOT_RESTORED = "its modification time was not restored";

  final Tree tree;
  final GuardChoice guard;
  private final List<FileProblem> problems = new ArrayList<>();
  private TreeFingerprint before;
  private int descriptors;
  private boolean timesAreTold;
  private boolean timesMayBeMoved;
  private final List<NotedExchanges> watched = new ArrayList<>();
  Optional<RunReport> report = Optional.empty();

  private ThreeRoots(Tree tree, GuardChoice guard) throws IOException {
    this.tree = tree;
    this.guard = guard;
    before = fingerprint();
    descriptors = Invariants.openDescriptors();
  }

  /// New roots in an empty directory.
  static ThreeRoots in(Path directory, GuardChoice guard) throws IOException {
    Tree tree = Tree.in(directory);
    tree.directory("roots");
    var roots = new ThreeRoots(tree, guard);
    roots.make();
    roots.remember();
    return roots;
  }

  /// Roots that are there already.
  static ThreeRoots existing(Path directory, GuardChoice guard) throws IOException {
    return new ThreeRoots(Tree.in(directory), guard);
  }

  private void make() throws IOException {
    for (String root : List.of("a", "b", "c")) {
      file(root + "/etc/same.txt", "the same text in all three roots, and twice in one");
      file(root + "/diff.cfg", root.equals("a") ? "setting = 1 in one" : "setting = 2 in two");
      file(root + "/skip/log.txt", "excluded by a rule, equal everywhere");
    }
    file("a/old/same.txt", "the same text in all three roots, and twice in one");
    for (String root : List.of("b", "c")) {
      file(root + "/pair/one.bin", "a file with two names in each of two roots");
      tree.hardLink(at(root + "/pair/one.bin"), at(root + "/pair/two.bin"));
      file(root + "/su", "a set-uid program of two roots");
      tree.mode(at(root + "/su"), 04755);
      file(root + "/attr.dat", "an attribute makes the difference");
    }
    tree.attribute(at("c/attr.dat"), "user.origin", "here".getBytes(UTF_8));
    settleTimes();
  }

  void file(String path, String text) throws IOException {
    tree.file(at(path), text).modified(at(path), MODIFIED);
  }

  /// Gives all directories times of long ago, so that a run that moves one shows.
  void settleTimes() throws IOException {
    try (var all = Files.walk(tree.path("roots"))) {
      for (Path path : all.filter(Files::isDirectory).toList()) {
        tree.modified(tree.root().relativize(path).toString(), MODIFIED);
      }
    }
  }

  /// What a package upgrade and an administrator do between two nights. Guards are taken off for
  /// it.
  void change() throws Exception {
    if (guard == GuardChoice.IMMUTABLE) {
      BreakReport done = operations().release(everything(), listener(), new Cancellation());
      assertEquals(List.of(), done.problems());
    }
    tree.remove(at("b/etc/same.txt"));
    file("b/etc/same.txt", "a new version of the text, in two of the roots");
    tree.remove(at("c/etc/same.txt"));
    file("c/etc/same.txt", "a new version of the text, in two of the roots");
    file("a/new/diff.cfg", "setting = 2 in two");
    tree.remove(at("b/pair/one.bin"));
    tree.remove(at("b/pair/two.bin"));
    tree.remove(at("c/pair/one.bin"));
    tree.remove(at("c/pair/two.bin"));
    settleTimes();
    remember();
  }

  /// From now on this is what must stay.
  void remember() throws IOException {
    before = fingerprint();
    descriptors = Invariants.openDescriptors();
    timesAreTold = false;
    timesMayBeMoved = false;
    watched.clear();
    problems.clear();
    report = Optional.empty();
  }

  static String at(String path) {
    return "roots/" + path;
  }

  TreeFingerprint fingerprint() throws IOException {
    return TreeFingerprint.of(tree.path("roots"));
  }

  /// What is one inode, or, where blocks are shared, one set of blocks.
  SortedSet<List<TreePath>> sharedGroups() throws IOException {
    return guard == GuardChoice.AUTO ? Blocks.groups(tree, "roots") : fingerprint().inodeGroups();
  }

  private TreePath host(String path) {
    return TreePath.of(tree.path(path).toString());
  }

  TreePath store() {
    return host("store");
  }

  static LocalOperations operations(SystemCalls calls) {
    return operations(calls, Clock.systemUTC());
  }

  private static LocalOperations operations(SystemCalls calls, Clock clock) {
    return new LocalOperations(
        new Environment(new Linux(calls), clock, RandomGenerator.getDefault(), "hashify"));
  }

  /// What shares blocks is remembered only of files that were not written just before the run.
  private Clock clock() {
    Clock now = Clock.systemUTC();
    return guard == GuardChoice.AUTO ? Clock.offset(now, Duration.ofHours(1)) : now;
  }

  /// Operations over the calls, with seals played where no kernel can be counted on to have them.
  private LocalOperations over(SystemCalls calls) {
    var noted = new NotedExchanges(calls);
    watched.add(noted);
    return operations(guard == GuardChoice.VERITY ? new PlayedVerity(noted) : noted, clock());
  }

  /// For a kill of which nobody knows at which call it came: the run may have been killed between
  /// an exchange and its note.
  void killedUnseen() {
    timesMayBeMoved = true;
  }

  static LocalOperations operations() {
    return operations(new NativeSystemCalls());
  }

  private RunListener listener() {
    return event -> {
      if (event instanceof RunEvent.Problem(FileProblem problem)) {
        problems.add(problem);
      }
    };
  }

  RunReport unify(SystemCalls calls) throws RunException, InterruptedException {
    var rules = rules();
    List<RootRequest> roots =
        List.of("a", "b", "c").stream()
            .map(root -> new RootRequest(host(at(root)), rules))
            .toList();
    var request =
        new UnifyRequest(
            RunMode.REAL,
            roots,
            List.of("list"),
            List.of(store()),
            guard == GuardChoice.AUTO ? ShareMethod.REFLINK : ShareMethod.HARDLINK,
            guard,
            Set.of(),
            16,
            Set.of(),
            List.of(),
            Optional.empty(),
            1,
            Duration.ZERO,
            Restraints.NONE,
            DiskKind.SSD);
    RunReport done = over(calls).unify(request, listener(), new Cancellation());
    report = Optional.of(done);
    assertTrue(done.counts().addUp(), () -> "counts do not add up: " + done.counts());
    return done;
  }

  private static RuleSet rules() {
    try {
      return RuleSet.of(List.of(RuleListParser.parse("list", "-/skip\n".getBytes(UTF_8))));
    } catch (RuleSyntaxException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  BreakReport breakAll(SystemCalls calls) throws RunException, InterruptedException {
    BreakReport done = over(calls).breakSharing(everything(), listener(), new Cancellation());
    problems.addAll(done.problems());
    return done;
  }

  private BreakRequest everything() {
    return new BreakRequest(
        RunMode.REAL,
        List.of(host(at("a")), host(at("b")), host(at("c"))),
        List.of(store()),
        Duration.ZERO);
  }

  /// Fails unless breaking ends as on the next night, without faults: nothing left over, and the
  /// names as they were linked before they were shared.
  void assertNextBreakMends(SortedSet<List<TreePath>> expected, End end)
      throws IOException, RunException, InterruptedException {
    problems.clear();
    breakAll(new NativeSystemCalls());
    assertEquals(List.of(), problems);
    assertNothingLost(mended(end));
    Invariants.noLeftovers(tree.path("store/tmp"));
    Invariants.noLeftovers(tree.path("store/journal"));
    assertEquals(expected, sharedGroups());
    assertDescriptorsReturned();
  }

  SweepReport sweep(SystemCalls calls) throws RunException, InterruptedException {
    return over(calls).sweep(storeRequest(), listener(), new Cancellation());
  }

  VerifyReport repair(SystemCalls calls) throws RunException, InterruptedException {
    return over(calls).verify(storeRequest(), listener(), new Cancellation());
  }

  private StoreRequest storeRequest() {
    return new StoreRequest(List.of(store()), StoreRequest.Repair.YES, Duration.ZERO);
  }

  /// How a run ended, for the difference a kill makes.
  enum End {
    BY_ITSELF,
    KILLED,
    /// Killed, and the next run has been there since.
    MENDED
  }

  /// Fails unless the roots look as they did. Right after a kill the times of directories may be
  /// those of the kill.
  void assertNothingLost(End end) throws IOException {
    assertNothingLost(end, EnumSet.noneOf(TreeFingerprint.Allowance.class));
  }

  /// The same before the next run: sealing moves the modification time of a file, and a run that
  /// came to its end before it was put back leaves that to the next.
  void assertNothingLostUntilMended(End end) throws IOException {
    assertNothingLost(
        end,
        guard == GuardChoice.VERITY
            ? EnumSet.of(TreeFingerprint.Allowance.FILE_TIMES)
            : EnumSet.noneOf(TreeFingerprint.Allowance.class));
  }

  private void assertNothingLost(End end, Set<TreeFingerprint.Allowance> allowed)
      throws IOException {
    if (guard == GuardChoice.IMMUTABLE) {
      allowed.add(TreeFingerprint.Allowance.IMMUTABLE_FLAG);
    }
    if (guard == GuardChoice.VERITY) {
      allowed.add(TreeFingerprint.Allowance.SEAL);
    }
    timesAreTold |=
        problems.stream().anyMatch(problem -> problem.notDone().equals(TIME_NOT_RESTORED));
    timesMayBeMoved |= watched.stream().anyMatch(NotedExchanges::isPending);
    boolean isMended = end == End.MENDED && !timesMayBeMoved;
    if ((end != End.BY_ITSELF && !isMended) || timesAreTold) {
      allowed.add(TreeFingerprint.Allowance.DIRECTORY_TIMES);
    }
    TreeFingerprint.assertSameBut(allowed, before, fingerprint());
  }

  /// A kill inside this JVM leaves descriptors open, which a real one would not.
  void closedByTheKernel() throws IOException {
    descriptors = Invariants.openDescriptors();
  }

  void assertDescriptorsReturned() throws IOException {
    Invariants.openDescriptorsReturnTo(descriptors);
  }

  /// Runs as on the next night, without faults, and fails unless everything is put right: nothing
  /// left over, the same shared as on roots that never saw a fault, and nothing to do afterwards.
  void assertNextRunMends(SortedSet<List<TreePath>> expected, End end)
      throws IOException, RunException, InterruptedException {
    problems.clear();
    RunReport mending = unify(new NativeSystemCalls());
    assertEquals(List.of(), problems);
    assertEquals(0, mending.counts().problems(), () -> mending.counts().toString());
    assertNothingLost(mended(end));
    assertSettled(expected);
  }

  private static End mended(End end) {
    return end == End.KILLED ? End.MENDED : end;
  }

  /// Fails unless the store is tidy, everything is shared that can be, and a run finds nothing to
  /// do.
  void assertSettled(SortedSet<List<TreePath>> expected)
      throws IOException, RunException, InterruptedException {
    Invariants.noLeftovers(tree.path("store/tmp"));
    Invariants.noLeftovers(tree.path("store/journal"));
    assertEquals(expected, sharedGroups());
    RunReport idle = unify(new NativeSystemCalls());
    assertEquals(0, idle.counts().shared());
    assertEquals(0, idle.counts().bytesRead());
    assertEquals(0, idle.counts().problems());
    assertDescriptorsReturned();
  }

  @Override
  public void close() throws IOException {
    tree.close();
  }
}
