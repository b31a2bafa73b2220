package dev.hashify.benchmarks.compare;

import dev.hashify.benchmarks.compare.Bench.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A first look at a corpus that changes nothing.
final class DryPhase {

  private static final int EMPTY_RUNS = 3;

  private final Bench bench;
  private final Corpus corpus;
  private final long paths;

  DryPhase(Bench bench, Corpus corpus, long paths) {
    this.bench = bench;
    this.corpus = corpus;
    this.paths = paths;
  }

  /// Runs all programs in turns, each time from `cache`.
  Outcome run(CacheState cache) throws IOException {
    List<Installed> lookers = bench.lookers();
    Map<Tool, Double> empty = emptyMemory(lookers);
    var contestants = new ArrayList<Rounds.Contestant>();
    for (Installed installed : lookers) {
      contestants.add(new Rounds.Contestant(installed.tool().label, () -> look(installed, cache)));
    }
    List<Row> rows = Rounds.run(contestants, bench.limits().rounds());
    var header = new ArrayList<>(Section.COST_HEADER);
    header.add("bytes a path");
    var table = new ArrayList<List<String>>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      var cells = new ArrayList<>(Section.costs(row, rows.getFirst()));
      double own = row.peakMemoryBytes() - empty.getOrDefault(lookers.get(i).tool(), 0.0);
      cells.add(row.wasStopped() ? "" : Section.decimal(own / paths));
      table.add(cells);
    }
    String title = "First look, nothing changed, " + cache.label() + " cache";
    return new Outcome(
        new Section(title, "The ratio is to the first row.", header, table),
        Outcome.panel(title, rows, "hashify"));
  }

  private Measurement look(Installed installed, CacheState cache) throws IOException {
    cache.prepare();
    Tool tool = installed.tool();
    return said(
        cache,
        tool,
        bench.measure(tool, tool.dryCommand(bench.arguments(installed, corpus.roots()))));
  }

  private Measurement said(CacheState cache, Tool tool, Measurement run) {
    bench.say(
        String.format(
            Locale.ROOT,
            "%s %s: %s s, exit %d",
            cache.label(),
            tool.label,
            Section.decimal(run.wallSeconds()),
            run.exitCode()));
    return run;
  }

  /// What each program needs before it has seen a path.
  private Map<Tool, Double> emptyMemory(List<Installed> lookers) throws IOException {
    Path empty = Files.createDirectories(bench.scratch().resolve("empty"));
    Map<Tool, Double> memory = new EnumMap<>(Tool.class);
    for (Installed installed : lookers) {
      var peaks = new double[EMPTY_RUNS];
      for (int i = 0; i < EMPTY_RUNS; i++) {
        String command = installed.tool().dryCommand(bench.arguments(installed, List.of(empty)));
        peaks[i] = bench.measure(installed.tool(), command).peakMemoryBytes();
      }
      memory.put(installed.tool(), Samples.of(peaks).median());
    }
    return memory;
  }
}
