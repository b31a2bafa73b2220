package dev.hashify.engine;

import dev.hashify.file.TreePath;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.SystemCalls;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.RunMode;
import dev.hashify.report.RunReport;
import dev.hashify.select.RuleSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Runs over roots, all of whose files are candidates.
record Runs(GuardChoice guard, Path store, Set<IdentityKey> ignored) {

  private static final int MIN_SIZE_BYTES = 16;

  RunReport unify(RunMode mode, List<Path> roots) throws RunException, InterruptedException {
    return unify(new NativeSystemCalls(), mode, roots);
  }

  RunReport unify(SystemCalls calls, RunMode mode, List<Path> roots)
      throws RunException, InterruptedException {
    RuleSet all = RuleSet.of(List.of());
    var request =
        new UnifyRequest(
            mode,
            roots.stream().map(root -> new RootRequest(pathOf(root), all)).toList(),
            List.of(),
            List.of(pathOf(store)),
            share(),
            guard,
            ignored,
            MIN_SIZE_BYTES,
            Set.of(UnifyFlag.INCLUDE_MOUNTED),
            List.of(),
            Optional.empty(),
            Runtime.getRuntime().availableProcessors(),
            Duration.ZERO,
            Restraints.NONE,
            DiskKind.SSD);
    return operations(calls).unify(request, _ -> {}, new Cancellation());
  }

  /// No guard is named for what the file system guards.
  private ShareMethod share() {
    return guard == GuardChoice.AUTO ? ShareMethod.REFLINK : ShareMethod.HARDLINK;
  }

  BreakReport release(List<Path> roots) throws RunException, InterruptedException {
    var request =
        new BreakRequest(
            RunMode.REAL,
            roots.stream().map(Runs::pathOf).toList(),
            List.of(pathOf(store)),
            Duration.ZERO);
    return operations(new NativeSystemCalls()).release(request, _ -> {}, new Cancellation());
  }

  private static TreePath pathOf(Path path) {
    return TreePath.of(path.toString());
  }

  private static LocalOperations operations(SystemCalls calls) {
    return new LocalOperations(
        new Environment(
            new Linux(calls), Clock.systemUTC(), RandomGenerator.getDefault(), "hashify"));
  }
}
