package dev.hashify.benchmarks;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
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

/// The two digests in use: SHA-256 names an object, XXH3 tells the members of a mixed group apart.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class HashBenchmark {

  /// The median size of a container's files, and a read that is no longer about the overhead.
  @Param({"4096", "65536"})
  public int bytes;

  private final MessageDigest sha256 = DigestUtils.getSha256Digest();
  private final Hasher128 xxh3 = Hashing.xxh3_128();
  private byte[] content = {};

  @Setup
  public void inventContent() {
    content = new byte[bytes];
    new Random(42).nextBytes(content);
  }

  @Benchmark
  public byte[] sha256() {
    return DigestUtils.digest(sha256, content);
  }

  @Benchmark
  public HashValue128 xxh3() {
    return xxh3.hashBytesTo128Bits(content);
  }
}
