package dev.hashify.freeze;

import dev.hashify.freeze.Cgroup.Wish;
import dev.hashify.os.ProcessTable;
import dev.hashify.os.ProcessTable.Living;
import dev.hashify.os.ProcessTable.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/// Stops the programs that live in some roots for a moment.
///
/// One freeze at a time; not for several threads.
public final class Freezer {

  /// How long a freeze may take to complete. A program that the kernel cannot stop by then waits
  /// for a device, and would hold up all others.
  private static final long COMPLETE_NANOS_MAX = 1_000_000_000L;

  private static final long LOOK_AGAIN_NANOS = 50_000;

  private final CgroupTree tree;
  private final ProcessTable table;
  private final List<Place> places;
  private final WatchdogLine watchdog;
  private final FreezeRecord record;
  private final List<Long> nanos = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final List<String> thawedEarly = new ArrayList<>();
  private long beganNanos;
  private boolean isAnnounced;

  /// @param places the roots, all of which may be stopped
  /// @param watchdog told of every freeze before it begins
  /// @param record written before every freeze
  public Freezer(
      CgroupTree tree,
      ProcessTable table,
      List<Place> places,
      WatchdogLine watchdog,
      FreezeRecord record) {
    this.tree = tree;
    this.table = table;
    this.places = List.copyOf(places);
    this.watchdog = watchdog;
    this.record = record;
  }

  /// Programs that stand still until this is closed.
  public final class Stillness implements AutoCloseable {
    private final Set<Integer> moving;
    private final List<Cgroup> frozen;
    private final List<Cgroup> foundFrozen;
    private final long sinceNanos;

    private Stillness(
        Set<Integer> moving, List<Cgroup> frozen, List<Cgroup> foundFrozen, long sinceNanos) {
      this.moving = Set.copyOf(moving);
      this.frozen = List.copyOf(frozen);
      this.foundFrozen = List.copyOf(foundFrozen);
      this.sinceNanos = sinceNanos;
    }

    /// The numbers of those places some of whose programs may run all the same.
    public Set<Integer> moving() {
      return moving;
    }

    /// Thaws.
    @Override
    public void close() {
      for (var cgroup : frozen) {
        check(cgroup, "was thawed before its batch was done");
      }
      for (var cgroup : foundFrozen) {
        check(cgroup, "was found frozen, and somebody thawed it before its batch was done");
      }
      if (isAnnounced) {
        thaw(frozen);
      }
      if (!frozen.isEmpty()) {
        nanos.add(System.nanoTime() - sinceNanos);
      }
    }

    private void check(Cgroup cgroup, String what) {
      try {
        if (!cgroup.isFrozen()) {
          notes.add(cgroup + " " + what);
          thawedEarly.add(cgroup + " " + what);
        }
      } catch (IOException _) {
        // It is gone, and nobody runs in it.
      }
    }
  }

  /// Stops the programs of some of the places.
  ///
  /// @param wanted the numbers of the places
  public Stillness freeze(Set<Integer> wanted) {
    // What is there already need not be looked at again while programs stand still.
    Set<Integer> before = table.numbers();
    Living living = table.living(places);
    var processes = new TreeSet<Integer>();
    wanted.forEach(i -> processes.addAll(living.byPlace().get(i)));
    FreezePlan plan = FreezePlan.of(tree, table, places, processes);
    var uncovered = new HashSet<>(plan.uncovered());
    List<Cgroup> frozen = freezeAll(plan.toFreeze());
    if (frozen.size() < plan.toFreeze().size()) {
      // All or none: with one left running, the others would stand still for nothing.
      uncovered.addAll(processes);
    } else {
      frozen = withoutBystanders(frozen);
    }
    List<Cgroup> still = new ArrayList<>(frozen);
    still.addAll(plan.foundFrozen());
    uncovered.addAll(newcomers(before, wanted, still));
    for (int process : processes) {
      if (!uncovered.contains(process) && !isIn(process, still)) {
        uncovered.add(process);
      }
    }
    Set<Integer> moving = moving(wanted, living, uncovered);
    return new Stillness(moving, frozen, plan.foundFrozen(), beganNanos);
  }

  /// Freezes all of them, or none.
  private List<Cgroup> freezeAll(List<Cgroup> cgroups) {
    if (cgroups.isEmpty()) {
      return cgroups;
    }
    try {
      record.write(cgroups);
      isAnnounced = true;
      watchdog.announce(cgroups, record.file().toRealPath());
    } catch (IOException failed) {
      notes.add("programs were not stopped: " + failed.getMessage());
      return List.of();
    }
    beganNanos = System.nanoTime();
    try {
      for (var cgroup : cgroups) {
        cgroup.ask(Wish.FREEZE);
      }
      awaitFrozen(cgroups);
      return cgroups;
    } catch (IOException failed) {
      notes.add("programs were not stopped: " + failed.getMessage());
      thaw(cgroups);
      return List.of();
    } catch (RuntimeException | Error failed) {
      thaw(cgroups);
      throw failed;
    }
  }

  private static void awaitFrozen(List<Cgroup> cgroups) throws IOException {
    long end = System.nanoTime() + COMPLETE_NANOS_MAX;
    for (var cgroup : cgroups) {
      while (!cgroup.isFrozen()) {
        if (System.nanoTime() > end) {
          throw new IOException(cgroup + " did not stand still within a second");
        }
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
    }
  }

  /// Somebody may have moved into a cgroup before it stood still.
  private List<Cgroup> withoutBystanders(List<Cgroup> frozen) {
    List<Cgroup> kept = new ArrayList<>();
    List<Cgroup> wrong = new ArrayList<>();
    for (var cgroup : frozen) {
      boolean isOurs;
      try {
        isOurs = FreezePlan.hasOnlyDwellers(cgroup, table, places);
      } catch (IOException _) {
        isOurs = false;
      }
      (isOurs ? kept : wrong).add(cgroup);
    }
    for (var cgroup : wrong) {
      notes.add(cgroup + " has programs from outside the roots, so it was not frozen");
      try {
        cgroup.thaw();
      } catch (IOException failed) {
        notes.add(cgroup + " was not thawed: " + failed.getMessage());
        // Tried again with the others; until then the record says that it is ours.
        kept.add(cgroup);
      }
    }
    return kept;
  }

  /// Programs that began to live in a place meanwhile, and run.
  private Set<Integer> newcomers(Set<Integer> before, Set<Integer> wanted, List<Cgroup> still) {
    Set<Integer> fresh = table.numbers();
    fresh.removeAll(before);
    List<Place> asked = wanted.stream().map(places::get).toList();
    Set<Integer> running = new TreeSet<>();
    for (int process : fresh) {
      if (table.livesIn(process, asked) && !isIn(process, still)) {
        running.add(process);
      }
    }
    return running;
  }

  private boolean isIn(int process, List<Cgroup> cgroups) {
    var own = tree.of(process);
    // One that has ended runs no more.
    return own.isEmpty()
        || cgroups.stream().anyMatch(each -> own.get().directory().startsWith(each.directory()));
  }

  private Set<Integer> moving(Set<Integer> wanted, Living living, Set<Integer> uncovered) {
    Set<Integer> moving = new TreeSet<>();
    for (int i : wanted) {
      boolean isMoving =
          uncovered.stream()
              .anyMatch(process ->
                  living.byPlace().get(i).contains(process)
                      || table.livesIn(process, List.of(places.get(i))));
      if (isMoving) {
        moving.add(i);
      }
    }
    return moving;
  }

  private void thaw(List<Cgroup> cgroups) {
    boolean isDone = true;
    for (var cgroup : cgroups) {
      try {
        cgroup.thaw();
      } catch (IOException failed) {
        isDone = false;
        notes.add(cgroup + " was not thawed: " + failed.getMessage());
      }
    }
    if (!isDone) {
      // The watchdog tries again when its time is up, and the record stays for the next run.
      return;
    }
    isAnnounced = false;
    try {
      record.remove();
      watchdog.thawed();
    } catch (IOException failed) {
      notes.add("thawed, but not recorded: " + failed.getMessage());
    }
  }

  /// How long the last freeze lasted; none if nothing was frozen yet.
  public OptionalLong lastNanos() {
    return nanos.isEmpty() ? OptionalLong.empty() : OptionalLong.of(nanos.getLast());
  }

  /// What ran again while it was meant to stand still, since this was asked last.
  public List<String> takeThawedEarly() {
    List<String> taken = List.copyOf(thawedEarly);
    thawedEarly.clear();
    return taken;
  }

  /// How long programs stood still.
  public FreezeFigures figures() {
    return FreezeFigures.of(nanos);
  }

  /// What a reader should know, each said once.
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
