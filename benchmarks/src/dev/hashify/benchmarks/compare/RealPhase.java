package dev.hashify.benchmarks.compare;

import dev.hashify.benchmarks.compare.Bench.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Linking for real: each run has a fresh copy of the corpus, and afterwards it is looked at what
/// became of it.
final class RealPhase {

  /// What a run left.
  ///
  /// @param syncSeconds what it took to get what it wrote to the disk
  /// @param change what became of the tree, unless it is too large to remember
  private record After(double syncSeconds, Optional<TreeState.Change> change) {}

  private final Bench bench;
  private final Corpus corpus;
  private final boolean isLookedAt;
  private final Map<Tool, List<After>> afters = new HashMap<>();

  /// @param paths how many the corpus has
  RealPhase(Bench bench, Corpus corpus, long paths) {
    this.bench = bench;
    this.corpus = corpus;
    this.isLookedAt = paths <= Findings.FILES_MAX;
  }

  /// Runs all programs that can link in turns, each time from `cache`.
  Outcome run(CacheState cache) throws IOException {
    afters.clear();
    List<Installed> linkers = bench.tools().stream().filter(i -> i.tool().canLink()).toList();
    var contestants = new ArrayList<Rounds.Contestant>();
    for (Installed installed : linkers) {
      contestants.add(new Rounds.Contestant(installed.tool().label, () -> link(installed, cache)));
    }
    List<Row> rows = Rounds.run(contestants, bench.limits().rounds());
    var header = new ArrayList<>(Section.COST_HEADER);
    header.addAll(List.of("sync after, s", "MB freed", "paths lost", "paths altered"));
    var table = new ArrayList<List<String>>();
    for (int i = 0; i < rows.size(); i++) {
      var cells = new ArrayList<>(Section.costs(rows.get(i), rows.getFirst()));
      cells.addAll(cells(afters.getOrDefault(linkers.get(i).tool(), List.of())));
      table.add(cells);
    }
    String title = "Linked for real, " + cache.label() + " cache";
    return new Outcome(
        new Section(
            title,
            "Each run on a fresh copy. A path is altered if its size, owner, group, mode or"
                + " modification time (to the nanosecond) is another than before.",
            header,
            table),
        Outcome.panel(title, rows, "hashify"));
  }

  private static List<String> cells(List<After> afters) {
    if (afters.isEmpty()) {
      return List.of("", "", "", "");
    }
    double[] syncs = afters.stream().mapToDouble(After::syncSeconds).toArray();
    String sync = Section.decimal(Samples.of(syncs).median());
    return afters
        .getLast()
        .change
        .map(change ->
            List.of(
                sync,
                Section.decimal(change.freedBytes() / 1e6),
                Section.count(change.lost()),
                Section.count(change.altered())))
        .orElse(List.of(sync, "", "", ""));
  }

  private Measurement link(Installed installed, CacheState cache) throws IOException {
    Tool tool = installed.tool();
    Corpus copy = copyOf(bench, corpus);
    Optional<TreeState> before = stateOf(copy);
    cache.prepare();
    var arguments =
        new Tool.Arguments(
            installed.binary(),
            copy.roots(),
            bench.list(tool),
            copy.directory().resolve(TreeState.STORE));
    Measurement run = bench.measure(tool, tool.realCommand(arguments));
    long startNanos = System.nanoTime();
    Shell.run("sync", "-f", copy.directory().toString());
    double syncSeconds = (System.nanoTime() - startNanos) / 1e9;
    Optional<TreeState> after = stateOf(copy);
    Optional<TreeState.Change> change = before.flatMap(b -> after.map(b::changeTo));
    afters.computeIfAbsent(tool, _ -> new ArrayList<>()).add(new After(syncSeconds, change));
    bench.say(
        String.format(
            Locale.ROOT,
            "linked %s %s: %s s, exit %d",
            cache.label(),
            tool.label,
            Section.decimal(run.wallSeconds()),
            run.exitCode()));
    bench.remove(copy.directory());
    return run;
  }

  private Optional<TreeState> stateOf(Corpus copy) throws IOException {
    return isLookedAt ? Optional.of(TreeState.of(copy.directory())) : Optional.empty();
  }

  /// A copy on the same file system, on the disk and in memory.
  static Corpus copyOf(Bench bench, Corpus corpus) throws IOException {
    Path copy = bench.place().resolve("copy");
    bench.remove(copy);
    Files.createDirectories(copy.getParent());
    Shell.run("cp", "-a", "--reflink=auto", corpus.directory().toString(), copy.toString());
    Shell.run("sync", "-f", copy.toString());
    return corpus.at(copy);
  }
}
