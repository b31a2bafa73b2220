package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.freeze.CgroupTree;
import dev.hashify.freeze.FreezeRecord;
import dev.hashify.freeze.Freezer;
import dev.hashify.freeze.WatchdogLine;
import dev.hashify.os.ProcessTable;
import dev.hashify.os.ProcessTable.Place;
import dev.hashify.store.Guard;
import dev.hashify.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run needs to stop programs, found and started before anything is touched.
final class Freezing implements AutoCloseable {

  private final CgroupTree tree;
  private final WatchdogLine watchdog;

  private Freezing(CgroupTree tree, WatchdogLine watchdog) {
    this.tree = tree;
    this.watchdog = watchdog;
  }

  /// Finds the cgroups and starts the watchdog.
  ///
  /// @throws RunException.Unusable if programs cannot be stopped here
  static Freezing start() throws RunException {
    CgroupTree tree =
        CgroupTree.find()
            .filter(CgroupTree::knowsFreezing)
            .orElseThrow(() ->
                new RunException.Unusable(
                    "--freeze: no cgroup version 2 with cgroup.freeze is mounted; nothing was"
                        + " touched; stop the roots, or leave --freeze out"));
    try {
      return new Freezing(tree, WatchdogLine.start());
    } catch (IOException failed) {
      throw new RunException.Unusable(
          "--freeze: the watchdog that thaws was not started: "
              + failed.getMessage()
              + "; nothing was touched");
    }
  }

  /// Stops the programs of the roots while the files of one store are exchanged.
  ///
  /// @param guard under which they share
  /// @param others further roots that share and must be at rest
  FreezingStandstill standstill(
      List<OpenRoot> roots, Store store, Guard guard, Optional<RestingRoots> others)
      throws RunException {
    List<Place> places = new ArrayList<>();
    try {
      for (var root : roots) {
        places.add(RootProcesses.place(root));
      }
    } catch (IOException failed) {
      throw new RunException.Unusable("--freeze: /proc cannot be read: " + failed.getMessage());
    }
    var freezer = new Freezer(tree, ProcessTable.ofHost(), places, watchdog, record(store));
    var demand =
        guard == Guard.IMMUTABLE
            ? FreezingStandstill.Demand.ALWAYS
            : FreezingStandstill.Demand.IF_POSSIBLE;
    List<TreePath> given = roots.stream().map(OpenRoot::given).toList();
    return new FreezingStandstill(freezer, store.path(), given, demand, others);
  }

  private static FreezeRecord record(Store store) {
    return new FreezeRecord(Path.of(store.directory().procPath()));
  }

  /// Thaws what a run left frozen that was killed together with its watchdog.
  ///
  /// @return a line for people, if there was anything
  static Optional<String> thawLeftBehind(Store store) {
    try {
      return record(store).thaw();
    } catch (IOException failed) {
      return Optional.of(
          store.path()
              + ": what a killed run had frozen was not thawed: "
              + failed.getMessage()
              + "; the next run tries again");
    }
  }

  @Override
  public void close() {
    watchdog.close();
  }
}
