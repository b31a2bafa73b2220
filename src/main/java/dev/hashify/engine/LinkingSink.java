package dev.hashify.engine;

import dev.hashify.file.Refusal;
import dev.hashify.file.TreePath;
import dev.hashify.link.BatchException;
import dev.hashify.link.LinkOutcome;
import dev.hashify.link.Linker;
import dev.hashify.link.ShareGroup;
import dev.hashify.plan.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/// Gathers groups into a batch and has the linker do it. One for each comparing thread.
final class LinkingSink implements ShareSink {

  /// Paths in a batch for each file of a group that may be open: 1,000 as a rule. One sync and one
  /// journal serve that many; a waiting writer waits no longer than that many replacements take,
  /// some tens of milliseconds.
  private static final double NAMES_PER_FILE = 2.5;

  /// What is read before the batch must be done first, and how long a batch may wait: its files are
  /// leased, and a writer waits for the lease.
  private static final long READ_WHILE_LEASED_MAX = 64L << 20;

  private static final long LEASED_NANOS_MAX = 1_000_000_000L;

  /// Content in a batch: what has been compared waits under leases until the batch is full.
  private static final long BYTES_MAX = 256L << 20;

  private final StoreWork work;
  private final Outcomes outcomes;
  private final Linker linker;
  private final ObjectRecorder recorder;
  private final List<ShareGroup> batch = new ArrayList<>();
  private final IntSupplier namesMax;
  private int names;
  private long bytes;
  private long oldestNanos;

  /// @param namesMax paths in a batch, asked each time
  LinkingSink(
      StoreWork work,
      Outcomes outcomes,
      Linker linker,
      ObjectRecorder recorder,
      IntSupplier namesMax) {
    this.namesMax = namesMax;
    this.work = work;
    this.outcomes = outcomes;
    this.linker = linker;
    this.recorder = recorder;
  }

  /// Paths in a batch while programs run on.
  ///
  /// @param openFilesMax how many files of a group may be open
  static int namesMax(int openFilesMax) {
    return (int) (openFilesMax * NAMES_PER_FILE);
  }

  @Override
  public void beforeReading(long bytesToRead) throws BatchException {
    boolean isLong = bytesToRead > READ_WHILE_LEASED_MAX;
    if (!batch.isEmpty() && (isLong || System.nanoTime() - oldestNanos > LEASED_NANOS_MAX)) {
      flush();
    }
  }

  @Override
  public void share(ShareGroup group) throws BatchException {
    if (batch.isEmpty()) {
      oldestNanos = System.nanoTime();
    }
    batch.add(group);
    names += group.names();
    bytes += group.keeper().file().sizeBytes() * (1 + group.duplicates().size());
    if (names >= namesMax.getAsInt() || bytes >= BYTES_MAX) {
      flush();
    }
  }

  @Override
  public void flush() throws BatchException {
    if (batch.isEmpty()) {
      return;
    }
    try {
      tell(linker.apply(batch));
    } finally {
      close();
    }
  }

  @Override
  public void settle() throws BatchException {
    flush();
    recorder.write();
  }

  private void tell(Linker.Result result) {
    Map<Long, ShareGroup> groupOf = new HashMap<>();
    for (var group : batch) {
      for (var duplicate : group.duplicates()) {
        groupOf.put(duplicate.member().inode(), group);
      }
      group.keeper().member().ifPresent(outcomes::kept);
    }
    for (var problem : result.problems()) {
      outcomes.problem(problem);
    }
    for (var outcome : result.outcomes()) {
      ShareGroup group = groupOf.get(outcome.member().inode());
      if (group == null) {
        throw new IllegalStateException("an outcome for a file that was not in the batch");
      }
      tell(outcome, ShareTasks.keeperPath(work, outcomes, group));
    }
    Set<Member> shared = new HashSet<>();
    for (var outcome : result.outcomes()) {
      if (outcome instanceof LinkOutcome.Shared) {
        shared.add(outcome.member());
      }
    }
    Set<Long> adopted = new HashSet<>();
    for (var object : result.adopted()) {
      adopted.add(object.stat().inode());
    }
    for (var group : batch) {
      settleKeeper(group, shared, adopted);
    }
  }

  private void tell(LinkOutcome outcome, TreePath keeper) {
    switch (outcome) {
      case LinkOutcome.Shared(var member, var object, long reclaimed) ->
          outcomes.shared(member, keeper, Optional.of(object), reclaimed);
      case LinkOutcome.Refused(var member, var reason) -> outcomes.refused(member, reason);
      case LinkOutcome.Failed(var member, var problem) -> outcomes.failed(member, problem);
      // Found out by the kernel before our own limit: the next run begins another generation.
      case LinkOutcome.ObjectFull(var member) -> outcomes.refused(member, Refusal.LINK_LIMIT);
    }
  }

  /// A keeper that was not adopted is no object, and is to be looked at again.
  private void settleKeeper(ShareGroup group, Set<Member> shared, Set<Long> adopted) {
    if (group.duplicates().stream().anyMatch(each -> shared.contains(each.member()))) {
      outcomes.group(group.keeper().file().stat().inode());
    }
    var member = group.keeper().member();
    if (member.isPresent()
        && !member.get().isObject()
        && !adopted.contains(group.keeper().file().stat().inode())) {
      outcomes.unsettled(member.get());
    }
  }

  @Override
  public void close() {
    for (var group : batch) {
      for (var duplicate : group.duplicates()) {
        duplicate.file().close();
      }
      group.keeper().file().close();
    }
    batch.clear();
    names = 0;
    bytes = 0;
  }
}
