package dev.hashify.engine;

import dev.hashify.file.TreePath;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Counts how far a stage is, and tells it now and then.
///
/// Counting is for many threads and next to free: each adds to a cell of its own, and what is told
/// (a path, a message) is made only when something is told. A stage begins while no other thread is
/// counting.
final class StageMeter {

  /// Twice as often as anybody looks; costs nothing at this rate.
  private static final long PAUSE_NANOS = 50_000_000L;

  private final RunListener listener;
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final AtomicLong toldAt = new AtomicLong();
  private long filesTotal;
  private long bytesTotal;
  private boolean isExpected;

  StageMeter(RunListener listener) {
    this.listener = listener;
  }

  /// A stage begins.
  ///
  /// @param stores how many stores will be done one after the other: with more than one, nobody
  ///   knows before the last how much there is to do
  void begin(RunListener.Stage stage, int stores) {
    files.reset();
    bytes.reset();
    filesTotal = 0;
    bytesTotal = 0;
    isExpected = stores == 1;
    toldAt.set(System.nanoTime() - PAUSE_NANOS);
    listener.stage(stage);
  }

  /// What is to be done for one of the stores, or is thought to be.
  void expect(long allFiles, long allBytes) {
    if (isExpected) {
      filesTotal = allFiles;
      bytesTotal = allBytes;
    }
  }

  /// So much more is done; any thread.
  ///
  /// @param current asked for only if something is told
  void add(long moreFiles, long moreBytes, Supplier<TreePath> current) {
    files.add(moreFiles);
    bytes.add(moreBytes);
    long now = System.nanoTime();
    long before = toldAt.get();
    if (now - before >= PAUSE_NANOS && toldAt.compareAndSet(before, now)) {
      tell(current.get());
    }
  }

  /// So much is done in all, by the one thread that counts.
  void set(long allFiles, long allBytes, Supplier<TreePath> current) {
    add(allFiles - files.sum(), allBytes - bytes.sum(), current);
  }

  /// Says what is in hand, because it will take a while.
  void announce(TreePath current) {
    tell(current);
  }

  private void tell(TreePath current) {
    long done = files.sum();
    // How much a walk will see is known from the last one only; once there is more, nobody knows.
    long all = done > filesTotal ? 0 : filesTotal;
    listener.progress(new StageProgress(done, all, bytes.sum(), bytesTotal, current));
  }
}
