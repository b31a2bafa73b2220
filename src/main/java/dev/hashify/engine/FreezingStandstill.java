package dev.hashify.engine;

import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.freeze.FreezeFigures;
import dev.hashify.freeze.Freezer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The freezer as the linker knows it, and what a summary says of it.
final class FreezingStandstill implements StoreStandstill {

  /// Programs that stand still longer than this begin to be noticed by their users.
  private static final long FROZEN_NANOS_MAX = 8_000_000;

  /// The first batches take longest: the Java machine has not compiled anything yet.
  private static final int NAMES_AT_FIRST = 16;

  private static final int NAMES_MIN = 8;
  private static final int NAMES_MAX = 200;

  private final Freezer freezer;
  private final TreePath store;
  private final List<TreePath> roots;
  private final Set<Integer> all;
  private final Demand demand;
  private final Optional<RestingRoots> others;
  private final Set<Integer> moved = new TreeSet<>();
  private final Set<TreePath> begun = new TreeSet<>();
  private volatile int namesMax = NAMES_AT_FIRST;

  /// What a root is to expect whose programs could not be stopped.
  enum Demand {
    /// Its files are replaced all the same, under leases.
    IF_POSSIBLE,
    /// Nothing that it shares is touched: an object without its guard is open to all its roots, so
    /// all of them are stopped, whichever of them a batch replaces files in.
    ALWAYS
  }

  /// @param others roots that share too and are not stopped, so that they must be at rest
  FreezingStandstill(
      Freezer freezer,
      TreePath store,
      List<TreePath> roots,
      Demand demand,
      Optional<RestingRoots> others) {
    this.others = others;
    this.freezer = freezer;
    this.store = store;
    this.roots = List.copyOf(roots);
    this.all = IntStream.range(0, roots.size()).boxed().collect(Collectors.toSet());
    this.demand = demand;
  }

  @Override
  public boolean isDemanded() {
    return demand == Demand.ALWAYS;
  }

  @Override
  public Pause begin(Set<Integer> wanted) {
    List<TreePath> busy = others.map(RestingRoots::busy).orElse(List.of());
    begun.addAll(busy);
    if (!busy.isEmpty()) {
      return () -> wanted;
    }
    Freezer.Stillness still = freezer.freeze(isDemanded() ? all : wanted);
    moved.addAll(still.moving());
    return new Pause() {
      @Override
      public Set<Integer> moving() {
        return still.moving();
      }

      @Override
      public void close() {
        still.close();
        freezer.lastNanos().ifPresent(FreezingStandstill.this::adapt);
      }
    };
  }

  /// Every batch costs a sync, so batches are as large as the time allows.
  private void adapt(long nanos) {
    if (nanos > FROZEN_NANOS_MAX) {
      namesMax = Math.max(NAMES_MIN, namesMax / 2);
    } else if (nanos < FROZEN_NANOS_MAX / 3) {
      namesMax = Math.min(NAMES_MAX, namesMax * 2);
    }
  }

  /// So many that programs stand still for milliseconds.
  @Override
  public int namesMax(int most) {
    return Math.min(most, namesMax);
  }

  /// Undoing the batch would take the guard off once more.
  @Override
  public List<FileProblem> takeProblems() {
    List<String> early = freezer.takeThawedEarly();
    if (!isDemanded()) {
      return List.of();
    }
    return early.stream().map(what -> RestStandstill.ranWithoutGuard(store, what)).toList();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    FreezeFigures figures = freezer.figures();
    if (figures.freezes() > 0) {
      notes.add(figures.text());
    }
    for (int root : moved) {
      notes.add(
          roots.get(root)
              + ": not all of its programs could be stopped (a cgroup of its own is needed); "
              + (isDemanded()
                  ? "nothing was shared or broken meanwhile"
                  : "its files were replaced under leases alone"));
    }
    begun.forEach(root -> notes.add(RestStandstill.note(root)));
    notes.addAll(freezer.notes());
    return notes;
  }
}
