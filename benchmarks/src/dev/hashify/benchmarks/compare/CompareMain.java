package dev.hashify.benchmarks.compare;

import dev.hashify.benchmarks.compare.Bench.Installed;
import dev.hashify.benchmarks.compare.RealPhase.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `benchmarks/compare`.
public final class CompareMain {

  private static final int NOT_DONE = 1;
  private static final int USAGE = 2;

  /// The programs do not find the same.
  private static final int DISAGREEMENT = 3;

  private final Options options;
  private final Meter meter;
  private final Path hashifyHome;
  private final Clock clock;

  private CompareMain(Options options, Meter meter, Path hashifyHome, Clock clock) {
    this.options = options;
    this.meter = meter;
    this.hashifyHome = hashifyHome;
    this.clock = clock;
  }

  /// Runs what `words` ask for. The property `hashify.home` says where Hashify is.
  public static void main(String[] words) {
    int code;
    try {
      Options options = Options.parse(Arrays.asList(words));
      if (options.job() == Options.Job.HELP) {
        System.out.print(Options.HELP);
        return;
      }
      Path home = Path.of(System.getProperty("hashify.home", ".")).toAbsolutePath().normalize();
      code = new CompareMain(options, Meter.start(), home, Clock.systemUTC()).run();
    } catch (UsageProblem problem) {
      System.err.println("compare: " + problem.getMessage());
      code = USAGE;
    } catch (IOException failed) {
      System.err.println("compare: " + failed.getMessage());
      code = NOT_DONE;
    }
    System.exit(code);
  }

  private int run() throws IOException {
    requireRoot();
    List<Installed> tools = installed();
    if (options.job() == Options.Job.GROWTH) {
      return atPlace(
          new Room(
              "growth-" + options.limits().maxFiles(), LoopVolume.Use.TINY_FILES, growthBytes()),
          this::growth);
    }
    int code = 0;
    for (CorpusKind kind : options.corpora()) {
      code = Math.max(code, atPlace(room(kind), place -> compare(kind, place, tools)));
    }
    return code;
  }

  /// What is needed of a disk.
  private record Room(String name, LoopVolume.Use use, long bytes) {}

  private Room room(CorpusKind kind) {
    double scale = options.limits().scale();
    boolean copied = !options.phases().equals(Set.of(Options.Phase.DRY));
    // A volume is kept, and the next time it may be for the other phases.
    long bytes =
        options.volume().isPresent()
            ? kind.volumeBytesNeeded(scale) * 2
            : kind.bytesNeeded(scale) * (copied ? 2 : 1);
    var use = kind == CorpusKind.TEN_MILLION ? LoopVolume.Use.TINY_FILES : LoopVolume.Use.FILES;
    return new Room(kind.label + "-" + scale, use, bytes);
  }

  private long growthBytes() {
    double scale = options.limits().maxFiles() / 10_000_000.0;
    return options.volume().isPresent()
        ? CorpusKind.TEN_MILLION.volumeBytesNeeded(scale)
        : CorpusKind.TEN_MILLION.bytesNeeded(scale);
  }

  private void requireRoot() throws IOException {
    boolean needed =
        options.caches().contains(CacheState.COLD)
            || options.volume().isPresent()
            || (options.job() == Options.Job.COMPARE
                && options.corpora().contains(CorpusKind.ROOTS));
    if (needed && !Files.isWritable(Path.of("/proc/sys/vm/drop_caches"))) {
      throw new IOException("--cold, --fs and the corpus roots need root");
    }
  }

  private List<Installed> installed() throws IOException {
    var found = new ArrayList<Installed>();
    for (Tool tool : Tool.values()) {
      Optional<Path> binary =
          options.tools().contains(tool) ? tool.find(hashifyHome) : Optional.empty();
      if (binary.isPresent()) {
        found.add(new Installed(tool, binary.get(), tool.version(binary.get())));
      }
    }
    missing(found)
        .forEach(
            tool -> System.err.println("compare: " + tool.label + " is missing: " + tool.install));
    if (found.isEmpty()) {
      throw new IOException("none of the wanted programs is installed");
    }
    return List.copyOf(found);
  }

  private List<Tool> missing(List<Installed> found) {
    List<Tool> there = found.stream().map(Installed::tool).toList();
    return Arrays.stream(Tool.values())
        .filter(tool -> options.tools().contains(tool) && !there.contains(tool))
        .toList();
  }

  @FunctionalInterface
  private interface Work {
    int at(Path place) throws IOException;
  }

  /// Does `work` where there is room for it. What is already made there counts as if it were not: a
  /// run that stops for want of room in the night is worse than one that asks for too much.
  private int atPlace(Room room, Work work) throws IOException {
    Path place = Files.createDirectories(options.places().work());
    long free = Files.getFileStore(place).getUsableSpace();
    if (free < room.bytes) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: about %,d MB are needed, %,d MB are free; give a smaller --scale or --work",
              place,
              room.bytes / 1_000_000,
              free / 1_000_000));
    }
    if (options.volume().isEmpty()) {
      return work.at(place);
    }
    try (var volume =
        LoopVolume.open(place, options.volume().get(), room.name, room.use, room.bytes)) {
      return work.at(volume.directory());
    }
  }

  private int growth(Path place) throws IOException {
    Installed ours =
        installed().stream()
            .filter(installed -> installed.tool() == Tool.HASHIFY_DEFAULT)
            .findFirst()
            .orElseThrow(() -> new IOException("--growth needs hashify-default"));
    var bench = new Bench(meter, place, List.of(ours), options.limits());
    var page = new ResultPage(options.places().results(), clock.instant(), subject("tiny"));
    System.out.println(new Growth(bench, ours).write(page));
    return 0;
  }

  private String subject(String name) {
    return options.volume().map(kind -> name + "-" + kind.label()).orElse(name);
  }

  private int compare(CorpusKind kind, Path place, List<Installed> tools) throws IOException {
    var bench = new Bench(meter, place, tools, options.limits());
    if (options.phases().contains(Options.Phase.REFLINK)) {
      RealPhase.requireReflinks(bench);
    }
    var request =
        new CorpusKind.Request(
            options.limits().scale(),
            options.debian().suite(),
            options.debian().mirror(),
            options.places().work().resolve("kept"));
    Corpus corpus = kind.find(place.resolve("corpora"), request);
    long paths = paths(corpus);
    var sections = new ArrayList<Section>();
    sections.add(
        ResultPage.machine(
            bench,
            List.of(
                List.of("corpus", corpus.description()),
                List.of("paths", Section.count(paths)),
                List.of("rounds", Integer.toString(options.limits().rounds())))));
    Optional<Findings> findings = Findings.of(bench, corpus, paths);
    findings.ifPresent(found -> sections.add(found.section()));
    var panels = new ArrayList<BarChart.Panel>();
    for (Outcome outcome : outcomes(bench, corpus, paths)) {
      sections.add(outcome.section());
      panels.add(outcome.panel());
    }
    sections.add(ResultPage.programs(tools, missing(tools)));
    var page = new ResultPage(options.places().results(), clock.instant(), subject(corpus.name()));
    System.out.println(write(page, corpus, sections, panels));
    return dissent(findings.map(Findings::dissenters).orElse(Set.of()));
  }

  private List<Outcome> outcomes(Bench bench, Corpus corpus, long paths) throws IOException {
    var outcomes = new ArrayList<Outcome>();
    for (Options.Phase phase : Options.Phase.values()) {
      for (CacheState cache : CacheState.values()) {
        if (options.phases().contains(phase) && options.caches().contains(cache)) {
          outcomes.add(
              switch (phase) {
                case DRY -> new DryPhase(bench, corpus, paths).run(cache);
                case REAL -> new RealPhase(bench, corpus, paths, Way.HARD_LINKS).run(cache);
                case REFLINK -> new RealPhase(bench, corpus, paths, Way.REFLINKS).run(cache);
                case NIGHT -> new NightPhase(bench, corpus).run(cache);
              });
        }
      }
    }
    return outcomes;
  }

  private Path write(
      ResultPage page, Corpus corpus, List<Section> sections, List<BarChart.Panel> panels)
      throws IOException {
    String heading = "Hashify beside other programs: " + corpus.name();
    String caption =
        "seconds, median of "
            + options.limits().rounds()
            + "; shorter is better; "
            + corpus.description().split("[;(]", 2)[0].strip();
    String picture =
        page.picture(page.name("compare"), new BarChart(heading, caption, panels).svg());
    return page.write("compare", heading, sections, List.of(picture));
  }

  private static int dissent(Set<Tool> dissenters) {
    for (Tool tool : dissenters) {
      System.err.println(
          "compare: " + tool.label + " found something else; the table Found says what");
    }
    return dissenters.isEmpty() ? 0 : DISAGREEMENT;
  }

  private static long paths(Corpus corpus) throws IOException {
    String count =
        Shell.ask("sh", "-c", "find " + Shell.quoteAll(corpus.roots()) + " -printf x | wc -c");
    return Long.parseLong(count.strip());
  }
}
