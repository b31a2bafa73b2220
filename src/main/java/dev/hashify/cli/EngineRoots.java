package dev.hashify.cli;

import dev.hashify.engine.Cancellation;
import dev.hashify.engine.RootsRequest;
import dev.hashify.engine.RunException;
import dev.hashify.file.TreePath;
import dev.hashify.report.RootsReport;
import dev.hashify.report.RootsReport.EngineRoot;
import java.util.ArrayList;
import java.util.List;

/// The roots that engines keep, for a run.
///
/// @param paths the roots
/// @param rulesFor their lists, in the form of `--rules-for`
/// @param stores where their stores belong
/// @param inside directories whose names count as inside
/// @param notes what is worth a line, and no problem
record EngineRoots(
    List<TreePath> paths,
    List<String> rulesFor,
    List<TreePath> stores,
    List<TreePath> inside,
    List<String> notes) {

  /// Layers that lie below a container's file system now.
  enum Mounted {
    /// The run looks at the mounts itself and decides by its options.
    LEFT_TO_THE_RUN,

    /// The run would change them past the mounts without a look.
    LEFT_OUT
  }

  /// Asks the engines that were named.
  ///
  /// @param named what is given by name, roots and directories of roots
  /// @throws NothingTouchedException if one cannot be asked: its roots would silently be missing
  static EngineRoots find(
      Session session, EngineOption engines, List<TreePath> named, Mounted mounted)
      throws NothingTouchedException, RunException, InterruptedException {
    if (engines.engines.isEmpty()) {
      return new EngineRoots(List.of(), List.of(), List.of(), List.of(), List.of());
    }
    var request =
        new RootsRequest(
            engines.engines, EnvironmentVariables.read(), named, RootsRequest.Depth.USABLE);
    RootsReport report = session.operations().findRoots(request, new Cancellation());
    if (!report.problems().isEmpty()) {
      throw new NothingTouchedException(
          ExitCode.NOT_DONE, report.problems().stream().map(Object::toString).toList());
    }
    List<EngineRoot> usable =
        report.roots().stream()
            .filter(
                root -> mounted == Mounted.LEFT_OUT ? root.leftOut().isEmpty() : root.isUsable())
            .toList();
    int leftOut = report.roots().size() - usable.size();
    List<String> notes = new ArrayList<>(report.notes());
    if (leftOut > 0) {
      notes.add(
          leftOut + " of " + report.roots().size() + " trees left out; `hashify roots` says why");
    }
    return new EngineRoots(
        usable.stream().map(EngineRoot::path).toList(),
        usable.stream()
            .flatMap(root -> root.rules().stream().map(list -> rulesFor(root.path(), list)))
            .toList(),
        report.stores(),
        report.inside(),
        notes);
  }

  private static String rulesFor(TreePath root, TreePath list) {
    return ArgumentText.of(root.bytes()) + "=" + ArgumentText.of(list.bytes());
  }
}
