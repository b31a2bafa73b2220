package dev.hashify.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.os.Linux;
import dev.hashify.os.SystemCalls;
import dev.hashify.report.Counts;
import dev.hashify.report.RunEvent;
import dev.hashify.report.RunMode;
import dev.hashify.report.RunReport;
import dev.hashify.select.RuleListParser;
import dev.hashify.select.RuleSet;
import dev.hashify.select.RuleSyntaxException;
import dev.hashify.testkit.RealLinux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Runs over roots and one store, and what they told.
final class Unification {

  private final Linux linux;
  private final Path store;
  private final Clock clock;
  private final DiskKind disk;

  private Unification(Linux linux, Path store, Clock clock, DiskKind disk) {
    this.disk = disk;
    this.linux = linux;
    this.store = store;
    this.clock = clock;
  }

  /// Runs with the store `store`, which is made when first needed.
  static Unification in(Path store) {
    return new Unification(RealLinux.LINUX, store, Clock.systemUTC(), DiskKind.SSD);
  }

  /// The same over other system calls.
  Unification over(SystemCalls calls) {
    return new Unification(new Linux(calls), store, clock, disk);
  }

  /// The same on another kind of disk, as far as the runs know.
  Unification on(DiskKind kind) {
    return new Unification(linux, store, clock, kind);
  }

  /// The same an hour later: nothing was written just before the run.
  Unification later() {
    return new Unification(linux, store, Clock.offset(clock, Duration.ofHours(1)), disk);
  }

  /// The same by another clock.
  Unification by(Clock other) {
    return new Unification(linux, store, other, disk);
  }

  /// What a run did and told.
  record Told(
      RunReport report,
      Map<TreePath, SkipReason> skipped,
      Map<TreePath, Refusal> refused,
      Map<TreePath, TreePath> shared,
      List<FileProblem> problems,
      List<String> notes) {

    Counts counts() {
      return report.counts();
    }
  }

  /// A root with rules of its own before those of the options.
  record Root(TreePath path, List<String> rules) {
    static List<Root> of(List<Path> paths) {
      return paths.stream().map(Root::of).toList();
    }

    static Root of(Path path, String... rules) {
      return new Root(TreePath.of(path.toString()), List.of(rules));
    }
  }

  Told real(Options options, List<Root> roots) {
    return unify(request(RunMode.REAL, options, roots));
  }

  Told real(List<Path> roots) {
    return real(Options.DEFAULT, Root.of(roots));
  }

  Told real(Path... roots) {
    return real(List.of(roots));
  }

  Told dry(Options options, List<Root> roots) {
    return unify(request(RunMode.DRY, options, roots));
  }

  Operations operations() {
    return new LocalOperations(
        new Environment(linux, clock, RandomGenerator.getDefault(), "a test"));
  }

  UnifyRequest request(RunMode mode, Options options, List<Root> roots) {
    List<RootRequest> requests = new ArrayList<>();
    for (var root : roots) {
      List<String> rules = new ArrayList<>(root.rules());
      rules.addAll(options.rules());
      requests.add(new RootRequest(root.path(), ruleSet(rules)));
    }
    return new UnifyRequest(
        mode,
        requests,
        List.of(),
        List.of(storePath()),
        options.share(),
        options.guard(),
        options.ignored(),
        options.minSizeBytes(),
        options.flags(),
        options.inside(),
        options.index(),
        options.threads(),
        Duration.ZERO,
        Restraints.NONE,
        disk);
  }

  /// A request that leaves all choices to the program. ([GuardChoice#AUTO] alone stands for
  /// reflinks in these tests.)
  UnifyRequest automatic(RunMode mode, List<Root> roots) {
    return automatic(mode, ShareMethod.AUTO, roots);
  }

  UnifyRequest automatic(RunMode mode, ShareMethod share, List<Root> roots) {
    UnifyRequest request = request(mode, Options.DEFAULT.withGuard(GuardChoice.AUTO), roots);
    return new UnifyRequest(
        request.mode(),
        request.roots(),
        request.ruleLists(),
        request.stores(),
        share,
        request.guard(),
        request.ignored(),
        request.minSizeBytes(),
        request.flags(),
        request.inside(),
        request.index(),
        request.threads(),
        request.lockWait(),
        request.restraints(),
        request.disk());
  }

  static RuleSet ruleSet(List<String> lines) {
    try {
      byte[] text = String.join("\n", lines).getBytes(ISO_8859_1);
      return RuleSet.of(List.of(RuleListParser.parse("test", text)));
    } catch (RuleSyntaxException wrong) {
      throw new AssertionError(wrong);
    }
  }

  Told unify(UnifyRequest request) {
    try {
      return tryUnify(request);
    } catch (RunException failed) {
      throw new AssertionError("the run could not be done: " + failed.getMessage(), failed);
    }
  }

  Told tryUnify(UnifyRequest request) throws RunException {
    var told = new Listener();
    try {
      RunReport report = operations().unify(request, told, new Cancellation());
      return new Told(report, told.skipped, told.refused, told.shared, told.problems, told.notes);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  BreakRequest breaking(RunMode mode, Path... paths) {
    List<TreePath> all = Stream.of(paths).map(path -> TreePath.of(path.toString())).toList();
    return new BreakRequest(mode, all, List.of(storePath()), Duration.ZERO);
  }

  BreakReport breakSharing(RunMode mode, Path... paths) throws RunException, InterruptedException {
    return operations().breakSharing(breaking(mode, paths), RunListener.NONE, new Cancellation());
  }

  BreakReport release(Path... paths) throws RunException, InterruptedException {
    return operations()
        .release(breaking(RunMode.REAL, paths), RunListener.NONE, new Cancellation());
  }

  SweepReport sweep() throws RunException, InterruptedException {
    return operations().sweep(stores(StoreRequest.Repair.NO), RunListener.NONE, new Cancellation());
  }

  VerifyReport verify(StoreRequest.Repair repair) throws RunException, InterruptedException {
    return operations().verify(stores(repair), RunListener.NONE, new Cancellation());
  }

  private StoreRequest stores(StoreRequest.Repair repair) {
    return new StoreRequest(List.of(storePath()), repair, Duration.ZERO);
  }

  Path store() {
    return store;
  }

  TreePath storePath() {
    return TreePath.of(store.toString());
  }

  /// The inodes of the objects, found in the store's directories.
  Set<Long> objectInodes() throws IOException {
    Set<Long> inodes = new HashSet<>();
    for (var file : objects()) {
      inodes.add((Long) Files.getAttribute(file, "unix:ino"));
    }
    return inodes;
  }

  /// The files of the objects.
  List<Path> objects() throws IOException {
    Path objects = store.resolve("objects");
    if (!Files.exists(objects)) {
      return List.of();
    }
    try (var files = Files.walk(objects)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static final class Listener implements RunListener {
    private final Map<TreePath, SkipReason> skipped = new HashMap<>();
    private final Map<TreePath, Refusal> refused = new HashMap<>();
    private final Map<TreePath, TreePath> shared = new HashMap<>();
    private final List<FileProblem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @Override
    public void event(RunEvent event) {
      switch (event) {
        case RunEvent.Skip(var path, var reason, Optional<String> _) -> skipped.put(path, reason);
        case RunEvent.Refuse(var path, var reason) -> refused.put(path, reason);
        case RunEvent.Share(var path, var keeper, long _, var _) -> shared.put(path, keeper);
        case RunEvent.Problem(var problem) -> problems.add(problem);
      }
    }

    @Override
    public boolean wantsEveryPath() {
      return true;
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }
  }
}
