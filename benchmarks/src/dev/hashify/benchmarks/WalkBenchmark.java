package dev.hashify.benchmarks;

import dev.hashify.file.DirectoryListing;
import dev.hashify.file.TreePath;
import dev.hashify.os.Descriptor;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What listing a tree costs: opening each directory beneath the root, its names, a stat of each.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class WalkBenchmark {

  private static final int DIRECTORIES = 20;
  private static final int FILES = 50;

  private final Linux linux = new Linux(new NativeSystemCalls());
  private final DirectoryListing listing = new DirectoryListing();
  private Path top = Path.of("");

  @Setup
  public void makeTree() throws IOException {
    top = Files.createTempDirectory("hashify-walk-");
    for (int i = 0; i < DIRECTORIES; i++) {
      Path directory = Files.createDirectory(top.resolve("d" + i));
      for (int k = 0; k < FILES; k++) {
        Files.createFile(directory.resolve("libexample-" + k + ".so.1"));
      }
    }
  }

  /// All directories of the tree, one after the other, on one thread.
  @Benchmark
  public int listTree() throws IOException {
    int found = 0;
    try (Descriptor root = linux.open().directory(TreePath.of(top.toString()))) {
      for (int i = 0; i < DIRECTORIES; i++) {
        try (Descriptor directory = linux.open().directoryBeneath(root, TreePath.of("d" + i))) {
          listing.clear();
          linux.stat().list(directory, listing);
          found += listing.count();
        }
      }
    }
    return found;
  }

  @TearDown
  public void removeTree() throws IOException {
    for (int i = 0; i < DIRECTORIES; i++) {
      Path directory = top.resolve("d" + i);
      for (int k = 0; k < FILES; k++) {
        Files.delete(directory.resolve("libexample-" + k + ".so.1"));
      }
      Files.delete(directory);
    }
    Files.delete(top);
  }
}
