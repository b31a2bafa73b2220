package dev.hashify.walk;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.Errno;
import dev.hashify.file.FileStat;
import dev.hashify.os.Descriptor;
import dev.hashify.os.ErrnoException;
import dev.hashify.os.Linux;
import dev.hashify.os.LinuxThread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Walks trees with several threads.
///
/// @param <C> what a directory's visit hands on to its subdirectories
public final class Walker<C> {

  private final Linux linux;
  private final int threads;
  private final BooleanSupplier stopped;

  /// The directories that wait for a thread, the last one first. Guarded by itself.
  private final ArrayDeque<WalkItem<C>> waiting = new ArrayDeque<>();

  /// The device of each root, once it has been asked for.
  private final Map<Integer, Long> devices = new ConcurrentHashMap<>();

  /// How many directories are waiting or being visited. Guarded by [#waiting].
  private int unfinished;

  /// @param threads at least 1
  /// @param stopped asked before each directory; once true, the walk ends soon
  public Walker(Linux linux, int threads, BooleanSupplier stopped) {
    this.linux = linux;
    this.threads = threads;
    this.stopped = stopped;
  }

  /// Visits all directories below `starts` and returns when that is done.
  ///
  /// @param roots the descriptors of the roots, by number
  /// @param starts the directories to begin with, the roots themselves as a rule
  /// @param visitors makes the visitor of each thread
  /// @throws InterruptedException if the calling thread is interrupted; the walk is ended first
  public void walk(
      List<Descriptor> roots,
      Collection<WalkItem<C>> starts,
      Supplier<? extends DirectoryVisitor<C>> visitors)
      throws InterruptedException {
    push(new ArrayList<>(starts));
    if (threads == 1) {
      work(roots, visitors);
      return;
    }
    var factory = LinuxThread.factory("hashify-walk-");
    try (var pool = Executors.newFixedThreadPool(threads, factory)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(() -> work(roots, visitors)));
      }
      for (var worker : workers) {
        worker.get();
      }
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case null, default ->
            throw new IllegalStateException("a walking thread failed", failed.getCause());
      }
    }
  }

  private void work(List<Descriptor> roots, Supplier<? extends DirectoryVisitor<C>> visitors) {
    var listing = new DirectoryListing();
    List<WalkItem<C>> found = new ArrayList<>();
    try (var visitor = visitors.get()) {
      WalkItem<C> item = take();
      while (item != null) {
        visit(roots.get(item.root()), item, listing, visitor, found::add);
        push(found);
        found.clear();
        finish();
        item = take();
      }
    } catch (Throwable failed) {
      abandon();
      throw failed;
    }
  }

  private void visit(
      Descriptor root,
      WalkItem<C> item,
      DirectoryListing listing,
      DirectoryVisitor<C> visitor,
      Consumer<WalkItem<C>> descend) {
    try (var directory = linux.open().directoryBeneath(root, item.path())) {
      FileStat stat = linux.stat().of(directory);
      if (stat.device() != deviceOf(item.root(), root)) {
        // A Btrfs subvolume: no mount, but inode numbers begin anew and hard links do not cross.
        visitor.boundary(item);
        return;
      }
      if (stat.inode() != item.inode()) {
        // Another directory has its name now; the next run sees both where they are.
        visitor.vanished(item);
        return;
      }
      linux.stat().list(directory, listing);
    } catch (ErrnoException failed) {
      tell(item, failed, visitor);
      return;
    }
    visitor.visit(item, listing, descend);
  }

  private long deviceOf(int number, Descriptor root) throws ErrnoException {
    Long known = devices.get(number);
    if (known == null) {
      known = linux.stat().of(root).device();
      devices.put(number, known);
    }
    return known;
  }

  private void tell(WalkItem<C> item, ErrnoException failed, DirectoryVisitor<C> visitor) {
    boolean isRoot = item.path().isEmpty();
    if (failed.is(Errno.EXDEV)) {
      visitor.boundary(item);
    } else if (!isRoot && (failed.is(Errno.ENOENT) || isNoDirectory(failed))) {
      visitor.vanished(item);
    } else {
      visitor.unreadable(item, failed);
    }
  }

  /// What was a directory in its parent's listing is something else now.
  private static boolean isNoDirectory(ErrnoException failed) {
    return failed.is(Errno.ENOTDIR) || failed.is(Errno.ELOOP);
  }

  private void push(List<WalkItem<C>> items) {
    if (items.isEmpty()) {
      return;
    }
    synchronized (waiting) {
      unfinished += items.size();
      for (var item : items) {
        waiting.push(item);
      }
      waiting.notifyAll();
    }
  }

  /// The next directory; none when the walk is over.
  private @Nullable WalkItem<C> take() {
    synchronized (waiting) {
      while (waiting.isEmpty() && unfinished > 0) {
        try {
          waiting.wait();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return null;
        }
      }
      if (stopped.getAsBoolean()) {
        waiting.clear();
        unfinished = 0;
        waiting.notifyAll();
      }
      return waiting.poll();
    }
  }

  private void finish() {
    synchronized (waiting) {
      // After the walk was stopped nothing counts any more.
      unfinished = Math.max(0, unfinished - 1);
      if (unfinished == 0) {
        waiting.notifyAll();
      }
    }
  }

  /// Lets all threads end.
  private void abandon() {
    synchronized (waiting) {
      waiting.clear();
      unfinished = 0;
      waiting.notifyAll();
    }
  }
}
