package dev.hashify.benchmarks.compare;

import dev.hashify.benchmarks.compare.Bench.Installed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The night on which nothing has changed since the last run, and the one after an update: Hashify
/// beside a `find` that does nothing but look at every file. No other program remembers anything,
/// so none is here.
final class NightPhase {

  /// A file that changed as long ago as the clock is coarse may have changed again unseen, so a run
  /// that follows at once has to look at it. Nights are further apart.
  private static final long PAUSE_MILLIS = 3000;

  private static final String UPDATED = ", 1 % new";

  private final Bench bench;
  private final Corpus corpus;
  private int updates;

  NightPhase(Bench bench, Corpus corpus) {
    this.bench = bench;
    this.corpus = corpus;
  }

  Outcome run(CacheState cache) throws IOException {
    Corpus copy = RealPhase.copyOf(bench, corpus);
    var contestants = new ArrayList<Rounds.Contestant>();
    contestants.add(new Rounds.Contestant("find", () -> find(copy, cache)));
    Installed ours = ours().orElseThrow(() -> new IOException("a night needs hashify"));
    String command = command(ours, copy);
    bench.say(String.format(Locale.ROOT, "%s: makes what the nights find", ours.tool().label));
    bench.measure(ours.tool(), command);
    pause();
    bench.measure(ours.tool(), command);
    contestants.add(
        new Rounds.Contestant(
            ours.tool().label, () -> night(ours.tool(), ours.tool().label, command, cache)));
    contestants.add(
        new Rounds.Contestant(
            ours.tool().label + UPDATED,
            () -> nightAfterUpdate(ours.tool(), copy, command, cache)));
    List<Row> rows = Rounds.run(contestants, bench.limits().rounds());
    bench.remove(copy.directory());
    List<List<String>> table =
        rows.stream().map(row -> Section.costs(row, rows.getFirst())).toList();
    String title = "A later night, " + cache.label() + " cache";
    return new Outcome(
        new Section(
            title,
            "Beside `find ROOT... -printf '%s\\n'`, which looks at every file once and remembers"
                + " nothing. The ratio is to it. Where it says 1 % new, one path of a hundred had"
                + " got a new file in all roots, as by an update of packages; those are read and"
                + " linked.",
            Section.COST_HEADER,
            table),
        Outcome.panel(title, rows, "hashify"));
  }

  /// Hashify as it is installed, or with other options if only these are wanted: two of them would
  /// find each other's links.
  private Optional<Installed> ours() {
    return bench.tools().stream()
        .filter(installed -> installed.tool().isOurs())
        .max(Comparator.comparing(Installed::tool));
  }

  private String command(Installed ours, Corpus copy) throws IOException {
    Path store = copy.directory().resolve(TreeState.STORE);
    Path list = bench.list(ours.tool());
    return ours.tool().realCommand(new Tool.Arguments(ours.binary(), copy.roots(), list, store));
  }

  static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  private Measurement nightAfterUpdate(Tool tool, Corpus copy, String command, CacheState cache)
      throws IOException {
    updates++;
    long files = Update.apply(copy.roots(), updates);
    bench.say(String.format(Locale.ROOT, "update of %,d files", files));
    pause();
    return night(tool, tool.label + UPDATED, command, cache);
  }

  private Measurement night(Tool tool, String label, String command, CacheState cache)
      throws IOException {
    cache.prepare();
    Measurement run = bench.measure(tool, command);
    bench.say(
        String.format(
            Locale.ROOT,
            "night %s %s: %s s",
            cache.label(),
            label,
            Section.decimal(run.wallSeconds())));
    return run;
  }

  private Measurement find(Corpus copy, CacheState cache) throws IOException {
    cache.prepare();
    Path ignored = bench.scratch().resolve("find.err");
    String command = "exec find " + Shell.quoteAll(copy.roots()) + " -printf '%s\\n' >/dev/null";
    Path output = bench.scratch().resolve("find.out");
    return bench.meter().run(command, output, ignored, bench.limits().seconds());
  }
}
