package dev.hashify.benchmarks;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.FileMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to take one directory in: the walk does this for every directory it visits.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class DirectoryListingBenchmark {

  @Param({"100", "1000"})
  public int entries;

  private final DirectoryListing listing = new DirectoryListing();
  private byte[][] names = {};
  private long[] inodes = {};

  /// Names as long as those of `/usr/lib`, and inode numbers as a grown file system has them.
  @Setup
  public void inventDirectory() {
    var random = new Random(42);
    names = new byte[entries][];
    inodes = new long[entries];
    for (int i = 0; i < entries; i++) {
      names[i] = ("libexample-" + i + ".so.1").getBytes(StandardCharsets.US_ASCII);
      inodes[i] = random.nextLong(1L << 32);
    }
  }

  @Benchmark
  public DirectoryListing add() {
    fill();
    return listing;
  }

  @Benchmark
  public DirectoryListing addAndSortByInode() {
    fill();
    listing.sortByInode();
    return listing;
  }

  private void fill() {
    listing.clear();
    for (int i = 0; i < names.length; i++) {
      byte[] name = names[i];
      int at = listing.add(name, 0, name.length, inodes[i], FileMode.REGULAR);
      listing.setStat(at, inodes[i], FileMode.REGULAR | 0644, 1, 0, 0, 4096, i, i, 0);
    }
  }
}
