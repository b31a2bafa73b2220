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

/// Sharing for real, by hard links or by reflinks: each run has a fresh copy of the corpus, and
/// afterwards it is looked at what became of it.
final class RealPhase {

  /// How equal files are to share.
  enum Way {
    HARD_LINKS(
        "Linked for real",
        "What is freed is counted in blocks of files, Hashify's store included.") {
      @Override
      boolean isKnownTo(Tool tool) {
        return tool.canLink();
      }

      @Override
      String command(Tool tool, Tool.Arguments arguments) {
        return tool.realCommand(arguments);
      }
    },

    REFLINKS(
        "Blocks shared for real",
        "What is freed is what the file system has free more than before.") {
      @Override
      boolean isKnownTo(Tool tool) {
        return tool.canReflink();
      }

      @Override
      String command(Tool tool, Tool.Arguments arguments) {
        return tool.reflinkCommand(arguments);
      }
    };

    private final String title;
    private final String freed;

    Way(String title, String freed) {
      this.title = title;
      this.freed = freed;
    }

    abstract boolean isKnownTo(Tool tool);

    abstract String command(Tool tool, Tool.Arguments arguments);
  }

  /// What a run left.
  ///
  /// @param syncSeconds what it took to get what it wrote to the disk
  /// @param freedBytes how much more of the file system is free; others may have changed it too
  /// @param change what became of the tree, unless it is too large to remember
  private record After(double syncSeconds, long freedBytes, Optional<TreeState.Change> change) {}

  private final Bench bench;
  private final Corpus corpus;
  private final Way way;
  private final boolean isLookedAt;
  private final Map<Tool, List<After>> afters = new HashMap<>();

  /// @param paths how many the corpus has
  RealPhase(Bench bench, Corpus corpus, long paths, Way way) {
    this.bench = bench;
    this.corpus = corpus;
    this.way = way;
    this.isLookedAt = paths <= Findings.FILES_MAX;
  }

  /// Runs all programs that can link in turns, each time from `cache`.
  Outcome run(CacheState cache) throws IOException {
    afters.clear();
    List<Installed> linkers = bench.tools().stream().filter(i -> way.isKnownTo(i.tool())).toList();
    if (linkers.isEmpty()) {
      throw new IOException("none of the wanted programs can do this: " + way.title);
    }
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
    String title = way.title + ", " + cache.label() + " cache";
    return new Outcome(
        new Section(
            title,
            "Each run on a fresh copy. "
                + way.freed
                + " A path is altered if its size, owner, group, mode or"
                + " modification time (to the nanosecond) is another than before.",
            header,
            table),
        Outcome.panel(title, rows, "hashify"));
  }

  private List<String> cells(List<After> afters) {
    if (afters.isEmpty()) {
      return List.of("", "", "", "");
    }
    double[] syncs = afters.stream().mapToDouble(After::syncSeconds).toArray();
    String sync = Section.decimal(Samples.of(syncs).median());
    After last = afters.getLast();
    Optional<Long> freed =
        way == Way.REFLINKS
            ? Optional.of(last.freedBytes)
            : last.change.map(TreeState.Change::freedBytes);
    return List.of(
        sync,
        freed.map(bytes -> Section.decimal(bytes / 1e6)).orElse(""),
        last.change.map(change -> Section.count(change.lost())).orElse(""),
        last.change.map(change -> Section.count(change.altered())).orElse(""));
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
    long freeBefore = freeBytes(copy);
    Measurement run = bench.measure(tool, way.command(tool, arguments));
    long startNanos = System.nanoTime();
    Shell.run("sync", "-f", copy.directory().toString());
    double syncSeconds = (System.nanoTime() - startNanos) / 1e9;
    long freedBytes = freeBytes(copy) - freeBefore;
    Optional<TreeState> after = stateOf(copy);
    Optional<TreeState.Change> change = before.flatMap(b -> after.map(b::changeTo));
    afters
        .computeIfAbsent(tool, _ -> new ArrayList<>())
        .add(new After(syncSeconds, freedBytes, change));
    bench.say(
        String.format(
            Locale.ROOT,
            "%s, %s %s: %s s, exit %d",
            way.title,
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

  /// Asked before anything is measured: a long run is not to end for want of it.
  static void requireReflinks(Bench bench) throws IOException {
    Path one = Files.writeString(bench.scratch().resolve("reflink.one"), "one");
    Path other = bench.scratch().resolve("reflink.other");
    String copy = "cp --reflink=always " + Shell.quoteAll(List.of(one, other));
    if (bench
            .meter()
            .run(
                copy,
                bench.scratch().resolve("reflink.out"),
                bench.scratch().resolve("reflink.err"),
                60)
            .exitCode()
        != 0) {
      throw new IOException("the phase reflink needs XFS or Btrfs: --fs xfs, --fs btrfs or --work");
    }
  }

  /// Btrfs frees blocks at the second commit after they are left, XFS some time after.
  private static long freeBytes(Corpus copy) throws IOException {
    Shell.run("sync", "-f", copy.directory().toString());
    Shell.run("sync", "-f", copy.directory().toString());
    return Files.getFileStore(copy.directory()).getUnallocatedSpace();
  }

  /// A copy on the same file system, on the disk and in memory: a reflink would be in neither.
  static Corpus copyOf(Bench bench, Corpus corpus) throws IOException {
    Path copy = bench.place().resolve("copy");
    bench.remove(copy);
    Files.createDirectories(copy.getParent());
    Shell.run("cp", "-a", "--reflink=never", corpus.directory().toString(), copy.toString());
    Shell.run("sync", "-f", copy.toString());
    return corpus.at(copy);
  }
}
