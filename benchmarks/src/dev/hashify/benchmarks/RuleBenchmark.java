package dev.hashify.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hashify.select.DirectoryRules;
import dev.hashify.select.RuleListParser;
import dev.hashify.select.RuleSet;
import dev.hashify.select.RuleSyntaxException;
import dev.hashify.select.ShippedRules;
import dev.hashify.select.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the shipped rules cost for a path: of a root's first night every path is decided once.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class RuleBenchmark {

  private static final int NAMES = 1000;

  /// Where the files of a Debian root lie, roughly.
  private static final List<String> DIRECTORIES =
      List.of(
          "usr/share/doc/libexample",
          "usr/lib/x86_64-linux-gnu",
          "usr/share/locale/de/LC_MESSAGES",
          "var/lib/dpkg/info",
          "etc/ssl/certs");

  private RuleSet rules = RuleSet.of(List.of());
  private byte[][] names = {};

  @Setup
  public void readRules() throws IOException, RuleSyntaxException {
    var shipped = ShippedRules.CONTAINER_ROOT;
    try (var list = RuleSet.class.getClassLoader().getResourceAsStream(shipped.resource())) {
      if (list == null) {
        throw new IOException("no resource " + shipped.resource());
      }
      rules = RuleSet.of(List.of(RuleListParser.parse(shipped.listName(), list.readAllBytes())));
    }
    names = new byte[NAMES][];
    for (int i = 0; i < NAMES; i++) {
      names[i] = ("libexample-" + i + ".so.1").getBytes(UTF_8);
    }
  }

  @Benchmark
  @OperationsPerInvocation(5 * NAMES)
  public int decide() {
    int included = 0;
    for (String path : DIRECTORIES) {
      DirectoryRules directory = rules.root();
      for (String name : path.split("/", -1)) {
        byte[] bytes = name.getBytes(UTF_8);
        directory = directory.enter(bytes, 0, bytes.length);
      }
      for (byte[] name : names) {
        included += directory.decide(name, 0, name.length).verdict() == Verdict.INCLUDE ? 1 : 0;
      }
    }
    return included;
  }
}
