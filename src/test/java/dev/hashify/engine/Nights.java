package dev.hashify.engine;

import dev.hashify.engine.ThreeRoots.End;
import dev.hashify.file.TreePath;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCall;
import dev.hashify.testkit.FaultyCalls;
import dev.hashify.testkit.TestVolume;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;

/// The states in which a run finds [ThreeRoots].
final class Nights {

  private Nights() {}

  /// Never seen by a run.
  ///
  /// @param guard [GuardChoice#AUTO] for roots that share blocks
  static ThreeRoots fresh(GuardChoice guard) throws IOException {
    TestVolume volume = guard == GuardChoice.AUTO ? TestVolume.xfs() : TestVolume.ext4();
    return ThreeRoots.in(volume.directory(), guard);
  }

  /// Shared, then changed by others.
  static ThreeRoots changed(GuardChoice guard) throws Exception {
    ThreeRoots roots = fresh(guard);
    roots.unify(new NativeSystemCalls());
    roots.change();
    return roots;
  }

  /// Shared.
  static ThreeRoots shared(GuardChoice guard) throws Exception {
    ThreeRoots roots = fresh(guard);
    roots.unify(new NativeSystemCalls());
    roots.remember();
    return roots;
  }

  /// Shared under one guard, for runs under another.
  static ThreeRoots sharedUnder(GuardChoice before, GuardChoice from) throws Exception {
    ThreeRoots roots = fresh(before);
    roots.unify(new NativeSystemCalls());
    return ThreeRoots.existing(roots.tree.root(), from);
  }

  /// With a run killed between replacing paths and dropping what it replaced.
  static ThreeRoots killed(GuardChoice guard) throws Exception {
    ThreeRoots roots = fresh(guard);
    killBeforeExchange(roots, 4);
    roots.closedByTheKernel();
    return roots;
  }

  /// Kills a run before its exchange number `n`.
  static void killBeforeExchange(ThreeRoots roots, int n) throws Exception {
    // The format of a new store is the first rename.
    var calls = new FaultyCalls(new NativeSystemCalls()).only(SystemCall.RENAMEAT2).crashAt(n + 1);
    try {
      roots.unify(calls);
    } catch (Error end) {
      if (!calls.hasCrashed()) {
        throw end;
      }
    }
  }

  /// Shared, with one object whose content is not what its name says: a disk or a write without a
  /// guard did that.
  static ThreeRoots damaged(GuardChoice guard) throws Exception {
    ThreeRoots roots = fresh(guard);
    roots.unify(new NativeSystemCalls());
    String path = ThreeRoots.at("b/diff.cfg");
    long modified = roots.tree.stat(path).modifiedNanos();
    roots.tree.flags(path, 0);
    roots.tree.overwrite(path, new byte[] {'S'});
    roots.tree.modified(path, modified);
    roots.remember();
    return roots;
  }

  /// What is linked with each other in fresh roots.
  static SortedSet<List<TreePath>> beforeAnyNight(GuardChoice guard) throws Exception {
    try (ThreeRoots roots = fresh(guard)) {
      return roots.sharedGroups();
    }
  }

  /// What is linked with each other now.
  static SortedSet<List<TreePath>> groupsOf(ThreeRoots roots) throws IOException {
    return roots.sharedGroups();
  }

  /// What a run shares of fresh roots.
  static SortedSet<List<TreePath>> firstNight(GuardChoice guard) throws Exception {
    try (ThreeRoots roots = fresh(guard)) {
      return settled(roots);
    }
  }

  /// What a run shares of changed roots.
  static SortedSet<List<TreePath>> secondNight(GuardChoice guard) throws Exception {
    try (ThreeRoots roots = changed(guard)) {
      return settled(roots);
    }
  }

  private static SortedSet<List<TreePath>> settled(ThreeRoots roots) throws Exception {
    roots.unify(new NativeSystemCalls());
    roots.assertNothingLost(End.BY_ITSELF);
    SortedSet<List<TreePath>> groups = roots.sharedGroups();
    roots.assertSettled(groups);
    return groups;
  }

  /// What holds after a run that had failures, however it ended.
  static void checkFaulted(ThreeRoots roots, SortedSet<List<TreePath>> expected) throws Exception {
    roots.assertDescriptorsReturned();
    roots.assertNothingLostUntilMended(End.BY_ITSELF);
    roots.assertNextRunMends(expected, End.BY_ITSELF);
  }

  /// What holds after a kill.
  static void checkKilled(ThreeRoots roots, SortedSet<List<TreePath>> expected) throws Exception {
    roots.closedByTheKernel();
    roots.assertNothingLostUntilMended(End.KILLED);
    roots.assertNextRunMends(expected, End.KILLED);
  }
}
