package dev.hashify.engine;

import dev.hashify.index.IndexException;
import dev.hashify.link.BatchException;
import dev.hashify.os.LinuxThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Shares out the groups of a run to threads, one group at a time.
final class GroupThreads {

  private final int groups;
  private final Cancellation cancellation;
  private final AtomicInteger next = new AtomicInteger();

  GroupThreads(int groups, Cancellation cancellation) {
    this.groups = groups;
    this.cancellation = cancellation;
  }

  /// What one thread does, with what only it has.
  interface Worker extends AutoCloseable {

    void examine(int group) throws BatchException, IndexException;

    /// Does what is still in hand, after the last group.
    void finish() throws BatchException, IndexException;

    @Override
    void close();
  }

  /// Makes a worker, on the thread it will work on.
  interface WorkerMaker {
    Worker make() throws IndexException;
  }

  /// Examines all groups, until a worker fails or the run is cancelled.
  void run(int threads, WorkerMaker workers)
      throws BatchException, IndexException, InterruptedException {
    if (threads == 1) {
      work(workers);
      return;
    }
    var factory = LinuxThread.factory("hashify-compare-");
    try (var pool = Executors.newFixedThreadPool(threads, factory)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(() -> {
              work(workers);
              return null;
            }));
      }
      for (var each : running) {
        each.get();
      }
    } catch (ExecutionException failed) {
      rethrow(failed.getCause());
    }
  }

  private static void rethrow(@Nullable Throwable cause) throws BatchException, IndexException {
    switch (cause) {
      case null -> throw new IllegalStateException("a comparing thread failed");
      case BatchException batch -> throw batch;
      case IndexException index -> throw index;
      case Error error -> throw error;
      default -> throw new IllegalStateException("a comparing thread failed", cause);
    }
  }

  private void work(WorkerMaker workers) throws BatchException, IndexException {
    try (var worker = workers.make()) {
      int number = next.getAndIncrement();
      while (number < groups && !cancellation.isRequested()) {
        worker.examine(number);
        number = next.getAndIncrement();
      }
      worker.finish();
    } catch (Throwable failed) {
      // The others stop at their next group; the pool waits for them before anybody hears of this.
      next.set(Integer.MAX_VALUE / 2);
      throw failed;
    }
  }
}
