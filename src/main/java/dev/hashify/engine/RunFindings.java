package dev.hashify.engine;

import dev.hashify.file.PathState;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.report.Findings;
import dev.hashify.report.Findings.Relaxation;
import dev.hashify.report.Findings.StoreHistory;
import dev.hashify.report.RunMode;
import dev.hashify.report.Space;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers what a run found out beyond its figures.
final class RunFindings {

  private final UnifyRequest request;
  private final List<StoreResult> results;
  private final List<OpenRoot> roots;

  RunFindings(UnifyRequest request, List<StoreResult> results, List<OpenRoot> roots) {
    this.request = request;
    this.results = results;
    this.roots = roots;
  }

  /// @param mode the mode the run really had
  Findings collect(RunMode mode, RunListener listener, Cancellation cancellation)
      throws IndexException {
    // There is at least one; each adds paths, and only where they are added up it matters whose.
    var reclaimed = new ReclaimedSpace(results.getFirst().work().session().place());
    var examples = new Examples();
    List<StoreHistory> histories = new ArrayList<>();
    for (var result : results) {
      reclaimed.add(result.outcomes().reclaimed());
      examples.add(result.examples(roots));
      histories.add(new StoreHistory(result.work().session().place(), result.history()));
    }
    // Who stopped the run does not want to wait for what it would have told.
    boolean isSurveyed = listener.wantsSurvey() && !cancellation.isRequested();
    List<Relaxation> relaxations = new ArrayList<>();
    Optional<Space> space = isSurveyed ? Optional.of(survey(mode, relaxations)) : Optional.empty();
    return new Findings(
        reclaimed.result(), skipped(examples), refused(examples), relaxations, space, histories);
  }

  private Space survey(RunMode mode, List<Relaxation> relaxations) throws IndexException {
    List<OpenRoot> used = new ArrayList<>();
    results.forEach(result -> used.addAll(result.work().roots()));
    var survey = new Survey(used, Survey.naming(mode));
    for (var result : results) {
      survey.add(result.work(), result.outcomes(), request.ignored());
      survey.relaxations().forEach(each -> add(relaxations, each));
    }
    return survey.space();
  }

  /// Adds those of one more store: what they would bring adds up.
  private static void add(List<Relaxation> all, Relaxation more) {
    for (int at = 0; at < all.size(); at++) {
      Relaxation known = all.get(at);
      if (known.dropped() == more.dropped()) {
        all.set(
            at,
            new Relaxation(
                known.dropped(),
                known.contents() + more.contents(),
                known.bytes() + more.bytes(),
                known.certainty()));
        return;
      }
    }
    all.add(more);
  }

  private Map<SkipReason, TreePath> skipped(Examples examples) {
    Map<SkipReason, TreePath> paths = new EnumMap<>(SkipReason.class);
    for (var result : results) {
      for (var reason : result.counts().skipped().keySet()) {
        examples.of(PathState.skipped(reason)).ifPresent(path -> paths.put(reason, path));
      }
    }
    return paths;
  }

  private Map<Refusal, TreePath> refused(Examples examples) {
    Map<Refusal, TreePath> paths = new EnumMap<>(Refusal.class);
    for (var result : results) {
      for (var reason : result.counts().refused().keySet()) {
        examples.of(PathState.refused(reason)).ifPresent(path -> paths.put(reason, path));
      }
    }
    return paths;
  }
}
