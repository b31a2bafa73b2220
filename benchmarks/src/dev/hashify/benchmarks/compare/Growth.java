package dev.hashify.benchmarks.compare;

import dev.hashify.benchmarks.compare.Bench.Installed;
import dev.hashify.benchmarks.compare.LineChart.Point;
import dev.hashify.benchmarks.compare.LineChart.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a file costs Hashify in time and memory, from ten thousand to ten million of them.
final class Growth {

  private static final long FIRST = 10_000;
  private static final int TIMES = 10;

  /// Behind the number of files.
  private static final int RATIO_CELL = 1 + Section.COST_HEADER.indexOf("ratio");

  private static final String FIND = "find";
  private static final String DRY = "first, dry";
  private static final String REAL = "first, linking";
  private static final String NIGHT = "nothing changed";

  private final Bench bench;
  private final Installed ours;
  private final Map<String, List<Point>> seconds = new LinkedHashMap<>();
  private final Map<String, List<Point>> bytes = new LinkedHashMap<>();
  private final List<List<String>> table = new ArrayList<>();

  Growth(Bench bench, Installed ours) {
    this.bench = bench;
    this.ours = ours;
  }

  /// Measures all sizes and writes the page.
  ///
  /// @return where it is
  Path write(ResultPage page) throws IOException {
    double empty = emptyMemory();
    for (long files = FIRST; files <= bench.limits().maxFiles(); files *= TIMES) {
      Path directory = bench.place().resolve("growth");
      bench.remove(directory);
      Files.createDirectories(directory);
      bench.say(String.format(Locale.ROOT, "making %,d files", files));
      var tree = new OverlapTree(files, OverlapTree.Sizes.TINY);
      String description = tree.make(directory);
      measure(new Corpus("growth", directory, roots(directory), description), files, empty);
      bench.remove(directory);
    }
    String heading = "What a file costs";
    var pictures =
        List.of(
            page.picture(page.name("growth-time"), chart("Time", "seconds", seconds)),
            page.picture(page.name("growth-memory"), chart("Memory", "MiB at the peak", bytes)));
    return page.write(
        "growth",
        heading,
        List.of(
            ResultPage.machine(bench, List.of()),
            section(),
            ResultPage.programs(List.of(ours), List.of())),
        pictures);
  }

  private static List<Path> roots(Path directory) throws IOException {
    try (var roots = Files.list(directory)) {
      return roots.sorted().toList();
    }
  }

  private void measure(Corpus corpus, long files, double empty) throws IOException {
    Path store = corpus.directory().resolve(TreeState.STORE);
    Path list = bench.list(ours.tool());
    var arguments = new Tool.Arguments(ours.binary(), corpus.roots(), list, store);
    String find = "exec find " + Shell.quoteAll(corpus.roots()) + " -printf '%s\\n' >/dev/null";
    Rounds.Contestant finding = contestant(FIND, find);
    String dry = ours.tool().dryCommand(arguments);
    List<Row> first = Rounds.run(List.of(finding, contestant(DRY, dry)), bench.limits().rounds());
    String real = ours.tool().realCommand(arguments);
    Row linking = Rounds.run(List.of(contestant(REAL, real)), 1).getFirst();
    NightPhase.pause();
    bench.measure(ours.tool(), real);
    List<Row> night =
        Rounds.run(List.of(finding, contestant(NIGHT, real)), bench.limits().rounds());
    add(files, empty, List.of(first.getFirst(), first.getLast()), first.getFirst());
    add(files, empty, List.of(linking), linking);
    add(files, empty, List.of(night.getLast()), night.getFirst());
  }

  private Rounds.Contestant contestant(String label, String command) {
    return new Rounds.Contestant(
        label,
        () -> {
          Measurement run = bench.measure(ours.tool(), command);
          bench.say(
              String.format(Locale.ROOT, "%s: %s s", label, Section.decimal(run.wallSeconds())));
          return run;
        });
  }

  /// @param base what the ratio is to
  private void add(long files, double empty, List<Row> rows, Row base) {
    for (Row row : rows) {
      var cells = new ArrayList<String>();
      cells.add(Section.count(files));
      cells.addAll(Section.costs(row, base));
      boolean isOurs = !row.label().equals(FIND);
      if (isOurs && row.equals(base)) {
        cells.set(RATIO_CELL, "");
      }
      cells.add(isOurs ? Section.decimal((row.peakMemoryBytes() - empty) / files) : "");
      table.add(cells);
      series(seconds, row.label()).add(new Point(files, row.wall().median()));
      if (isOurs) {
        series(bytes, row.label()).add(new Point(files, row.peakMemoryBytes() / (1 << 20)));
      }
    }
  }

  private static List<Point> series(Map<String, List<Point>> all, String name) {
    return all.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  private double emptyMemory() throws IOException {
    Path empty = Files.createDirectories(bench.scratch().resolve("empty"));
    String command = ours.tool().dryCommand(bench.arguments(ours, List.of(empty)));
    return bench.measure(ours.tool(), command).peakMemoryBytes();
  }

  private static String chart(String title, String unit, Map<String, List<Point>> lines) {
    List<Series> series =
        lines.entrySet().stream().map(line -> new Series(line.getKey(), line.getValue())).toList();
    return new LineChart(
            title + " by the number of files",
            unit,
            "both axes logarithmic; tiny files in "
                + OverlapTree.ROOTS
                + " roots, nine of ten"
                + " equal; warm cache",
            series)
        .svg();
  }

  private Section section() {
    var header = new ArrayList<>(List.of("files"));
    header.addAll(Section.COST_HEADER);
    header.add("bytes a file");
    return new Section(
        "Growth",
        String.format(
            Locale.ROOT,
            "Tiny files in %d roots, nine of ten equal, warm cache. The ratio is to `find` in the"
                + " same rounds; linking is measured once and has none. Bytes are the peak less"
                + " that of the same on an empty root.",
            OverlapTree.ROOTS),
        header,
        table);
  }
}
