package dev.hashify.cli;

import dev.hashify.engine.Cancellation;
import dev.hashify.engine.RootsRequest;
import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RootsReport.EngineRoot;
import java.util.List;

/// The roots that engines keep, for a run.
///
/// @param paths the roots
/// @param rulesFor their lists, in the form of `--rules-for`
/// @param stores where their stores belong
/// @param inside directories whose names count as inside
record EngineRoots(
    List<TreePath> paths, List<String> rulesFor, List<TreePath> stores, List<TreePath> inside) {

  /// Asks the engines that were named.
  ///
  /// @throws NothingTouchedException if one cannot be asked: its roots would silently be missing
  static EngineRoots find(Session session, EngineOption engines, OutputOptions output)
      throws NothingTouchedException, RunException, InterruptedException {
    if (engines.engines.isEmpty()) {
      return new EngineRoots(List.of(), List.of(), List.of(), List.of());
    }
    var request =
        new RootsRequest(engines.engines, EnvironmentVariables.read(), RootsRequest.Depth.USABLE);
    RootsReport report = session.operations().findRoots(request, new Cancellation());
    if (!report.problems().isEmpty()) {
      throw new NothingTouchedException(
          ExitCode.NOT_DONE, report.problems().stream().map(Object::toString).toList());
    }
    report.notes().forEach(session::message);
    List<EngineRoot> usable = report.roots().stream().filter(EngineRoot::isUsable).toList();
    int leftOut = report.roots().size() - usable.size();
    if (leftOut > 0 && !output.quiet) {
      session.message(
          leftOut + " of " + report.roots().size() + " trees left out; `hashify roots` says why");
    }
    return new EngineRoots(
        usable.stream().map(EngineRoot::path).toList(),
        usable.stream()
            .flatMap(root -> root.rules().stream().map(list -> rulesFor(root.path(), list)))
            .toList(),
        report.stores(),
        report.inside());
  }

  private static String rulesFor(TreePath root, TreePath list) {
    return ArgumentText.of(root.bytes()) + "=" + ArgumentText.of(list.bytes());
  }
}
