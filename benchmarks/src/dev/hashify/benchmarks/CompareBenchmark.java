package dev.hashify.benchmarks;

import dev.hashify.file.TreePath;
import dev.hashify.hash.ByteComparer;
import dev.hashify.hash.GroupComparison;
import dev.hashify.hash.IdWanted;
import dev.hashify.hash.ReadWatch;
import dev.hashify.os.Linux;
import dev.hashify.os.NativeSystemCalls;
import dev.hashify.os.OpenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What comparing a keeper with its duplicates costs, from the page cache.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class CompareBenchmark {

  @Param({"4096", "65536", "1048576"})
  public int bytes;

  @Param({"2", "10"})
  public int duplicates;

  private final Linux linux = new Linux(new NativeSystemCalls());
  private final ByteComparer comparer = new ByteComparer(linux);
  private final List<OpenFile> files = new ArrayList<>();
  private Path directory = Path.of("");

  @Setup
  public void makeFiles() throws IOException {
    directory = Files.createTempDirectory("hashify-compare-");
    byte[] content = new byte[bytes];
    new Random(42).nextBytes(content);
    try (var opened = linux.open().directory(TreePath.of(directory.toString()))) {
      for (int i = 0; i <= duplicates; i++) {
        String name = "file" + i;
        Files.write(directory.resolve(name), content);
        var file = linux.open().file(opened, TreePath.of(name).bytes());
        files.add(new OpenFile(file, linux.stat().of(file)));
      }
    }
  }

  @Benchmark
  public GroupComparison compare() {
    return comparer.compare(
        files.getFirst(), files.subList(1, files.size()), IdWanted.NO, ReadWatch.ALWAYS);
  }

  @Benchmark
  public GroupComparison compareAndIdentify() {
    return comparer.compare(
        files.getFirst(), files.subList(1, files.size()), IdWanted.YES, ReadWatch.ALWAYS);
  }

  @TearDown
  public void removeFiles() throws IOException {
    files.forEach(OpenFile::close);
    comparer.close();
    for (int i = 0; i <= duplicates; i++) {
      Files.delete(directory.resolve("file" + i));
    }
    Files.delete(directory);
  }
}
