package dev.hashify.engine;

import dev.hashify.file.ByteCount;
import dev.hashify.file.Errno;
import dev.hashify.file.FileProblem;
import dev.hashify.file.TreePath;
import dev.hashify.index.IndexException;
import dev.hashify.link.BatchException;
import dev.hashify.link.Breaker;
import dev.hashify.link.LinkRoot;
import dev.hashify.link.SharedFile;
import dev.hashify.link.Standstill;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.LeaseCalls.Grant;
import dev.hashify.os.Linux;
import dev.hashify.os.OpenFile;
import dev.hashify.os.VolumeCalls.Volume;
import dev.hashify.plan.MemberPath;
import dev.hashify.report.RunMode;
import dev.hashify.store.LinkedNames.NameInDirectory;
import dev.hashify.store.ObjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gives names private copies, in batches, and drops the objects that nobody shares any more.
final class Breaking {

  private static final int FILES_MAX = 200;

  private static final long BYTES_MAX = 256L << 20;

  private final Linux linux;
  private final StoreSession session;
  private final List<LinkRoot> roots;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final RunMode mode;
  private final Optional<StoreStandstill> standstill;
  private final List<TreePath> refused = new ArrayList<>();
  private final List<FileProblem> problems = new ArrayList<>();
  private final StageMeter meter;
  private long broken;
  private long copiedBytes;

  Breaking(
      Linux linux,
      StoreSession session,
      List<LinkRoot> roots,
      RunListener listener,
      Cancellation cancellation,
      RunMode mode,
      Optional<StoreStandstill> standstill) {
    this.standstill = standstill;
    this.linux = linux;
    this.session = session;
    this.roots = roots;
    this.listener = listener;
    this.meter = new StageMeter(listener);
    this.cancellation = cancellation;
    this.mode = mode;
  }

  /// Names of one object that get one copy together.
  ///
  /// @param object [SharedFile#NO_OBJECT] if the names are those of a file that shares its blocks
  record Together(ObjectName object, long inode, List<MemberPath> names, long sizeBytes) {}

  void run(SharedNames found) throws ErrnoException, BatchException, IndexException, RunException {
    run(together(found));
  }

  void run(List<Together> all) throws ErrnoException, BatchException, IndexException, RunException {
    long needed = all.stream().mapToLong(Together::sizeBytes).sum();
    if (mode == RunMode.DRY) {
      broken = all.stream().mapToLong(each -> each.names().size()).sum();
      copiedBytes = needed;
      return;
    }
    requireSpace(needed);
    meter.begin(RunListener.Stage.COPYING, 1);
    meter.expect(all.stream().mapToLong(each -> each.names().size()).sum(), needed);
    var breaker =
        new Breaker(
            linux,
            session.requireStore(),
            roots,
            standstill.<Standstill>map(each -> each).orElse(Standstill.NONE));
    List<SharedFile> batch = new ArrayList<>();
    long bytes = 0;
    for (var each : all) {
      if (cancellation.isRequested()) {
        break;
      }
      open(each).ifPresent(batch::add);
      bytes += each.sizeBytes();
      if (batch.size() >= filesMax() || bytes >= BYTES_MAX) {
        apply(breaker, batch, bytes);
        bytes = 0;
      }
    }
    apply(breaker, batch, bytes);
    standstill.ifPresent(each -> each.notes().forEach(listener::note));
    standstill.ifPresent(each -> problems.addAll(each.takeProblems()));
    sweep(all);
  }

  private int filesMax() {
    return standstill.map(each -> each.namesMax(FILES_MAX)).orElse(FILES_MAX);
  }

  private List<Together> together(SharedNames found) throws ErrnoException {
    Map<NameInDirectory, Integer> linked = session.requireStore().linkedNames().read();
    // A name that could not be looked at keeps those it was linked with: a copy for some of them
    // would take them apart for good.
    Set<Integer> kept = new HashSet<>();
    linked.forEach((name, number) -> {
      if (found.isUnseen(name)) {
        kept.add(number);
      }
    });
    List<Together> all = new ArrayList<>();
    for (var file : found.found().values()) {
      Optional<ObjectName> object = StoreSession.nameOf(file.object());
      Map<Integer, List<MemberPath>> groups = new HashMap<>();
      int single = 0;
      for (var name : file.names()) {
        Integer number = linked.get(new NameInDirectory(name.directoryInode(), name.path().name()));
        int key = number == null ? --single : number;
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(name.path());
      }
      groups.keySet().removeAll(kept);
      for (var names : groups.values()) {
        object.ifPresent(name ->
            all.add(new Together(name, file.object().inode(), names, file.object().sizeBytes())));
      }
    }
    return all;
  }

  /// File systems that can clone need next to no space for copies, unless blocks of their own are
  /// what the copies are made for.
  private void requireSpace(long needed) throws ErrnoException, RunException {
    Volume volume = session.requireStore().volume();
    listener.note("copies take up to " + new ByteCount(needed));
    boolean needsSpace =
        volume.type() == Volume.EXT4 || !session.requireStore().format().guard().isForHardLinks();
    if (needsSpace && needed > volume.freeBytes()) {
      throw new RunException.Unusable(
          session.place()
              + ": nothing was broken: the copies need "
              + new ByteCount(needed)
              + ", and "
              + new ByteCount(volume.freeBytes())
              + " are free; give fewer paths at a time");
    }
  }

  private Optional<SharedFile> open(Together together) {
    MemberPath first = together.names().getFirst();
    LinkRoot root = roots.get(first.root());
    try (var directory = linux.open().directoryBeneath(root.descriptor(), first.directory())) {
      var descriptor = linux.open().file(directory, first.name().bytes());
      OpenFile file;
      try {
        file = new OpenFile(descriptor, linux.stat().of(descriptor));
        // Somebody may have put another file there since the walk.
        boolean isObject = file.stat().inode() == together.inode();
        if (isObject && linux.leases().take(descriptor) == Grant.TAKEN) {
          return Optional.of(new SharedFile(file, together.object(), together.names()));
        }
        together.names().forEach(name -> refused.add(pathOf(name)));
        descriptor.close();
        return Optional.empty();
      } catch (ErrnoException failed) {
        descriptor.close();
        throw failed;
      }
    } catch (ErrnoException failed) {
      if (failed.is(Errno.EAGAIN)) {
        // Somebody has a write lease, and may have it open for writing.
        together.names().forEach(name -> refused.add(pathOf(name)));
        return Optional.empty();
      }
      problems.add(
          new FileProblem(
              pathOf(first), "not given a private copy", failed.why(), "it is shared as before"));
      return Optional.empty();
    }
  }

  private TreePath pathOf(MemberPath name) {
    return roots.get(name.root()).path().resolve(name.path());
  }

  /// @param bytes the length of what is in the batch
  private void apply(Breaker breaker, List<SharedFile> batch, long bytes) throws BatchException {
    if (batch.isEmpty()) {
      return;
    }
    try {
      Breaker.Result result = breaker.apply(batch);
      broken += result.broken().size();
      copiedBytes += result.copiedBytes();
      result.refused().forEach(each -> refused.add(pathOf(each.path())));
      problems.addAll(result.problems());
      int names = batch.stream().mapToInt(file -> file.names().size()).sum();
      meter.add(names, bytes, () -> pathOf(batch.getLast().names().getFirst()));
    } finally {
      batch.forEach(file -> file.file().close());
      batch.clear();
    }
  }

  private void sweep(List<Together> all) throws IndexException {
    List<ObjectName> objects =
        all.stream()
            .map(Together::object)
            .filter(object -> !object.equals(SharedFile.NO_OBJECT))
            .distinct()
            .toList();
    problems.addAll(new Sweeping(session).these(objects).problems());
  }

  long broken() {
    return broken;
  }

  long copiedBytes() {
    return copiedBytes;
  }

  List<TreePath> refused() {
    return refused;
  }

  List<FileProblem> problems() {
    return problems;
  }
}
