package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RootsReport.EngineRoot;
import dev.hashify.report.RootsReport.State;
import dev.hashify.select.RuleSet;
import dev.hashify.store.Store;
import dev.hashify.store.StoreFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says of roots who runs in them, and what a run over all of them that is told nothing would take
/// as guard.
final class RootPrognosis {

  private final Environment environment;
  private final Linux linux;
  private final Cancellation cancellation;
  private final Map<TreePath, Outlook> outlooks = new HashMap<>();

  RootPrognosis(Environment environment, Cancellation cancellation) {
    this.environment = environment;
    this.linux = environment.linux();
    this.cancellation = cancellation;
  }

  /// @param leftOut why a run would leave the root alone
  private record Outlook(String guard, Optional<String> leftOut) {}

  List<EngineRoot> of(List<EngineRoot> found, List<TreePath> stores)
      throws RunException, InterruptedException {
    var noRules = RuleSet.of(List.of());
    List<RootRequest> wanted =
        found.stream()
            .filter(EngineRoot::isUsable)
            .map(root -> new RootRequest(root.path(), noRules))
            .toList();
    try (var roots = OpenRoots.open(linux, wanted)) {
      decide(roots.all(), stores);
      var processes = RootProcesses.living(roots.all());
      List<EngineRoot> told = new ArrayList<>();
      for (var root : found) {
        Outlook outlook = outlooks.getOrDefault(root.path(), new Outlook("", Optional.empty()));
        boolean isRunning =
            processes.roots().stream()
                .anyMatch(of -> of.root().equals(root.path()) && !of.living().isEmpty());
        told.add(
            (isRunning && root.state() == State.STOPPED ? running(root) : root)
                .guarded(outlook.guard(), outlook.leftOut()));
      }
      return told;
    }
  }

  private static EngineRoot running(EngineRoot root) {
    return new EngineRoot(
        root.engine(),
        root.path(),
        root.name(),
        State.RUNNING,
        root.mount(),
        root.guard(),
        root.leftOut(),
        root.rules());
  }

  private void decide(List<OpenRoot> roots, List<TreePath> stores)
      throws RunException, InterruptedException {
    var opener = new StoreOpener(environment, Duration.ZERO, cancellation);
    var placements = opener.place(roots, stores);
    for (var placement : placements.all()) {
      String guard = guard(opener, placement);
      for (var root : placement.roots()) {
        outlooks.put(root.given(), new Outlook(guard, Optional.empty()));
      }
    }
    for (var problem : placements.problems()) {
      outlooks.put(problem.path(), new Outlook("", Optional.of(problem.why())));
    }
  }

  private String guard(StoreOpener opener, StoreOpener.Placement placement)
      throws InterruptedException {
    Optional<StoreFormat> recorded = Optional.empty();
    boolean holdsObjects = false;
    try {
      Optional<Store> existing = opener.openForReading(placement.path());
      if (existing.isPresent()) {
        try (Store store = existing.get()) {
          recorded = Optional.of(store.format());
          holdsObjects = SharePolicy.holdsObjects(store);
        }
      }
      var request = request();
      var question = new GuardPolicy.Question(placement.path(), placement.roots(), recorded);
      var reflinks = linux.volumes().reflinks(placement.roots().getFirst().descriptor());
      var known = new SharePolicy.Known(question, holdsObjects, reflinks);
      return switch (new SharePolicy(linux, request).decide(known)) {
        case GuardDecision.Taken(var guard) -> guard.isForHardLinks() ? guard.text() : "reflink";
        case GuardDecision.UserMustChoose _ -> RootsReport.CHOICE;
        case GuardDecision.Impossible _ -> RootsReport.CHOICE;
      };
    } catch (ErrnoException | RunException _) {
      // A store in use or out of order: the run itself says what is wrong with it.
      return "";
    }
  }

  /// What a command line without options asks for.
  private static UnifyRequest request() {
    return UnifyRequest.over(List.of())
        .dryRun()
        .withoutShippedRules()
        .minSizeBytes(1)
        .threads(1)
        .build();
  }
}
