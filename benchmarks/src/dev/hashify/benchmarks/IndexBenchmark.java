package dev.hashify.benchmarks;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import dev.hashify.file.PathState;
import dev.hashify.index.Access;
import dev.hashify.index.DirectoryRecord;
import dev.hashify.index.DirectoryRecordWriter;
import dev.hashify.index.Fingerprint;
import dev.hashify.index.Index;
import dev.hashify.index.IndexChanges;
import dev.hashify.index.IndexException;
import dev.hashify.index.IndexReader;
import dev.hashify.index.LmdbIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What a directory in which nothing changed costs: its record is fetched and compared with a fresh
/// listing; and what it costs to write one, in batches, in memory. Divide by `entries` for the cost
/// of a file.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class IndexBenchmark {

  private static final int DIRECTORIES = 1000;

  @Param({"10", "100", "1000"})
  private int entries;

  private final DirectoryListing listing = new DirectoryListing();
  private @Nullable Path place;
  private @Nullable Index index;
  private @Nullable IndexReader reader;
  private @Nullable DirectoryRecord record;
  private int next;
  private final IndexChanges changes = new IndexChanges();

  @Setup(Level.Trial)
  public void writeIndex() throws IOException, IndexException {
    fillListing();
    var writer = new DirectoryRecordWriter().begin(new Fingerprint(1, 2), 3);
    for (int at = 0; at < entries; at++) {
      byte state = at % 3 == 0 ? PathState.UNIQUE : PathState.SHARED;
      writer.add(listing, at, state, at);
    }
    byte[] value = writer.build();
    record = DirectoryRecord.parse(value).orElseThrow();
    place = MemoryDirectory.make(MemoryDirectory.USUAL_PLACE);
    index = LmdbIndex.open(place, Access.READ_WRITE).index();
    for (int inode = 0; inode < DIRECTORIES; inode++) {
      changes.putDirectory(1, inode, value);
    }
    index.write(changes);
    reader = index.reader();
  }

  private void fillListing() {
    var random = new Random(1);
    for (int at = 0; at < entries; at++) {
      byte[] name = ("lib-with-a-usual-name-" + at + ".so").getBytes(StandardCharsets.US_ASCII);
      listing.add(name, 0, name.length, at + 1000L, FileMode.REGULAR);
      long time = random.nextLong();
      listing.setStat(
          at, at + 1000L, FileMode.REGULAR | 0644, 1, 0, 0, random.nextInt(), time, time, 0);
    }
  }

  @TearDown(Level.Trial)
  public void removeIndex() throws IOException, IndexException {
    Objects.requireNonNull(index).close();
    MemoryDirectory.remove(Objects.requireNonNull(place));
  }

  @Benchmark
  public boolean matchOneDirectory() {
    return Objects.requireNonNull(record).matches(listing);
  }

  @Benchmark
  public @Nullable DirectoryRecord getOneDirectory() throws IndexException {
    next = (next + 1) % DIRECTORIES;
    return Objects.requireNonNull(reader).directory(1, next);
  }

  @Benchmark
  public boolean getAndMatchOneDirectory() throws IndexException {
    next = (next + 1) % DIRECTORIES;
    var found = Objects.requireNonNull(reader).directory(1, next);
    return Objects.requireNonNull(found).matches(listing);
  }

  /// Writes all records anew, in one transaction: what a night does with directories that changed.
  @Benchmark
  @OperationsPerInvocation(DIRECTORIES)
  public void putDirectories() throws IndexException {
    Objects.requireNonNull(index).write(changes);
    // Pages that were freed since are only used again when no reader can see them.
    Objects.requireNonNull(reader).refresh();
  }
}
