package dev.hashify.engine;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.report.ExplainReport;
import dev.hashify.report.PathExplanation;
import dev.hashify.select.RuleSet;
import dev.hashify.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Explains paths: what the last run decided for them, whether that still holds, and what else
/// there is to know. Reads under the shared lock and changes nothing.
final class ExplainRun {

  private final Environment environment;
  private final Linux linux;
  private final ExplainRequest request;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final List<FileProblem> problems = new ArrayList<>();
  private final List<PathExplanation> explained = new ArrayList<>();

  ExplainRun(
      Environment environment,
      ExplainRequest request,
      RunListener listener,
      Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.request = request;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /// A path whose directory is there.
  ///
  /// @param real the real path
  private record Located(TreePath given, TreePath real, OpenRoot directory) {}

  ExplainReport run() throws RunException, InterruptedException {
    Map<TreePath, List<Located>> byStore = new LinkedHashMap<>();
    List<RootRequest> directories = new ArrayList<>();
    for (var path : request.paths()) {
      directories.add(new RootRequest(parentOf(path), RuleSet.of(List.of())));
    }
    try (var roots = OpenRoots.open(linux, directories)) {
      roots.problems().forEach(problem -> unexplained(problem.path(), problem.why()));
      var opener = new StoreOpener(environment, Duration.ZERO, cancellation);
      var placements = opener.placeExisting(roots.all(), request.stores());
      placements.problems().forEach(problem -> unexplained(problem.path(), problem.why()));
      for (var path : request.paths()) {
        locate(path, placements)
            .ifPresent(placed ->
                byStore.computeIfAbsent(placed.store, _ -> new ArrayList<>()).add(placed.located));
      }
      for (var entry : byStore.entrySet()) {
        explain(opener, entry.getKey(), entry.getValue());
      }
    }
    return new ExplainReport(explained, problems.stream().distinct().toList());
  }

  private static TreePath parentOf(TreePath path) {
    return path.parent().isEmpty() ? TreePath.of(".") : path.parent();
  }

  private record Placed(TreePath store, Located located) {}

  /// Two names of one directory were opened once.
  private Optional<Placed> locate(TreePath path, StoreOpener.Placements placements) {
    try (var directory = linux.open().directory(parentOf(path))) {
      TreePath real = linux.open().realPath(directory);
      for (var placement : placements.all()) {
        for (var root : placement.roots()) {
          if (root.path().equals(real)) {
            TreePath full = real.child(path.name());
            return Optional.of(new Placed(placement.path(), new Located(path, full, root)));
          }
        }
      }
    } catch (ErrnoException _) {
      // Told already, by what opened all directories.
    }
    return Optional.empty();
  }

  private void unexplained(TreePath path, String why) {
    problems.add(new FileProblem(path, "not explained", why, "the other paths are explained"));
  }

  private void explain(StoreOpener opener, TreePath path, List<Located> all)
      throws RunException, InterruptedException {
    Optional<Store> store = opener.openForReading(path);
    if (store.isEmpty()) {
      for (var each : all) {
        unexplained(each.given(), "no run has worked here: there is no store at " + path);
      }
      return;
    }
    try (var session = StoreSession.open(linux, store.get(), request.index());
        var reader = session.index().reader()) {
      session.notes().forEach(listener::note);
      if (session.indexWasIncomplete()) {
        listener.note(
            path
                + ": the index is incomplete: the last run did not come to its end, or had another"
                + " --index; decisions may be missing");
      }
      List<RecordedRun> runs = RecordedRun.read(reader);
      List<SettledRoots.Entry> roots = runs.stream().flatMap(run -> run.roots().stream()).toList();
      List<PathInQuestion> asked = new ArrayList<>();
      for (var each : all) {
        Optional<SettledRoots.Entry> root = rootOf(each, roots);
        if (root.isEmpty()) {
          unexplained(each.given(), whyNoRoot(each, roots, SharingRoots.read(reader)));
          continue;
        }
        var listing = list(each);
        var record = reader.directory(each.directory().volume(), each.directory().stat().inode());
        asked.add(PathInQuestion.of(each.real(), root.get(), listing, record));
      }
      var known = new PathExplainer.Known(environment, session, reader, roots);
      explain(known, runs, asked);
    } catch (IndexException | ErrnoException failed) {
      throw new RunException.StoreUnusable(path + ": " + failed.getMessage(), failed);
    }
  }

  /// Each path by what decided in the last run of its root.
  private void explain(
      PathExplainer.Known known, List<RecordedRun> runs, List<PathInQuestion> asked)
      throws IndexException, ErrnoException {
    Map<Optional<RecordedRun>, List<PathInQuestion>> byRun = new LinkedHashMap<>();
    for (var path : asked) {
      Optional<RecordedRun> its =
          runs.stream().filter(run -> run.roots().contains(path.root())).findFirst();
      byRun.computeIfAbsent(its, _ -> new ArrayList<>()).add(path);
    }
    for (var entry : byRun.entrySet()) {
      var explainer = new PathExplainer(known, entry.getKey());
      explained.addAll(explainer.explain(entry.getValue(), this::unexplained));
    }
  }

  private PathInQuestion.Listed list(Located path) throws ErrnoException {
    var listing = new DirectoryListing();
    var descriptor = path.directory().descriptor();
    try (var directory = linux.open().directoryBeneath(descriptor, TreePath.EMPTY)) {
      linux.stat().list(directory, listing);
    }
    return new PathInQuestion.Listed(path.directory().stat().inode(), listing);
  }

  /// The innermost recorded root that the path lies in.
  private static Optional<SettledRoots.Entry> rootOf(Located path, List<SettledRoots.Entry> roots) {
    return roots.stream()
        .filter(root -> root.volume() == path.directory().volume())
        .filter(root -> root.path().contains(path.real()) && !root.path().equals(path.real()))
        .max(Comparator.comparingInt(root -> root.path().length()));
  }

  private static String whyNoRoot(
      Located path, List<SettledRoots.Entry> roots, List<TreePath> earlier) {
    if (roots.stream().anyMatch(root -> root.path().equals(path.real()))) {
      return "it is a root itself; give paths in it, or see 'hashify status'";
    }
    for (var root : earlier) {
      if (root.contains(path.real())) {
        return "no run over its root " + root + " is recorded any more";
      }
    }
    String known =
        roots.isEmpty()
            ? "no run has recorded any yet"
            : "they are "
                + String.join(
                    ", ", roots.stream().limit(3).map(root -> root.path().toString()).toList())
                + (roots.size() > 3 ? " and " + (roots.size() - 3) + " more" : "");
    return "it lies in no root of a recorded run: " + known;
  }
}
