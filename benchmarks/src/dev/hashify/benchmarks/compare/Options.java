package dev.hashify.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What was asked for on the command line.
record Options(
    Job job,
    List<CorpusKind> corpora,
    Set<Tool> tools,
    Set<Phase> phases,
    Set<CacheState> caches,
    Optional<LoopVolume.Kind> volume,
    Limits limits,
    Places places,
    Debian debian) {

  enum Job {
    COMPARE,
    GROWTH,
    HELP
  }

  enum Phase {
    DRY,
    REAL,
    REFLINK,
    NIGHT
  }

  /// @param rounds how often each program runs
  /// @param scale how much of a corpus
  /// @param maxFiles how far growth is followed
  /// @param seconds how long one run may take
  record Limits(int rounds, double scale, long maxFiles, int seconds) {}

  /// @param work where corpora and copies are
  /// @param results where tables and charts go
  record Places(Path work, Path results) {}

  /// @param suite the release
  /// @param mirror where to get it, or empty
  record Debian(String suite, String mirror) {}

  static final String HELP =
      """
      benchmarks/compare [OPTION]...            Hashify beside other duplicate finders
      benchmarks/compare --growth [OPTION]...   Hashify alone, from ten thousand files up

        --corpus NAME,...   roots, yadf, million, ten-million     (default: million)
        --scale FRACTION    so much of each corpus                (default: 1)
        --tools NAME,...    hashify, hashify-default, jdupes, jdupes-quick, rdfind, rmlint,
                            hardlink, fclones, yadf, duperemove   (default: all that are found)
        --phases NAME,...   dry, real, reflink, night             (default: dry)
        --runs N            how often each runs, in turns         (default: 5)
        --cold              from an empty page cache too; needs root
        --limit SECONDS     stop a run that takes longer          (default: 3600)
        --fs KIND           on a fresh ext4, xfs or btrfs in a file; needs root
        --work DIR          corpora and copies                    (default: target/compare)
        --results DIR       tables and charts                     (default: benchmarks/results)
        --suite NAME        the Debian release of roots           (default: this system's)
        --mirror URL        where debootstrap gets it             (default: its own choice)
        --max N             how far --growth goes                 (default: 10000000)
      """;

  /// Reads the words of a command line.
  static Options parse(List<String> words) throws UsageProblem {
    var parser = new Parser(words);
    while (parser.hasNext()) {
      parser.takeOption();
    }
    return parser.options();
  }

  private static final class Parser {
    private final List<String> words;
    private int next;

    private Job job = Job.COMPARE;
    private List<CorpusKind> corpora = List.of(CorpusKind.MILLION);
    private final Set<Tool> tools = EnumSet.allOf(Tool.class);
    private final Set<Phase> phases = EnumSet.of(Phase.DRY);
    private final Set<CacheState> caches = EnumSet.of(CacheState.WARM);
    private Optional<LoopVolume.Kind> volume = Optional.empty();
    private int rounds = 5;
    private double scale = 1;
    private long maxFiles = 10_000_000;
    private int seconds = 3600;
    private Path work = Path.of("target/compare");
    private Path results = Path.of("benchmarks/results");
    private String suite = "";
    private String mirror = "";

    Parser(List<String> words) {
      this.words = words;
    }

    boolean hasNext() {
      return next < words.size();
    }

    void takeOption() throws UsageProblem {
      String option = words.get(next++);
      switch (option) {
        case "--growth" -> job = Job.GROWTH;
        case "-h", "--help" -> job = Job.HELP;
        case "--cold" -> caches.add(CacheState.COLD);
        case "--corpus" -> corpora = corpora(list(option));
        case "--tools" -> {
          tools.clear();
          for (String name : list(option)) {
            tools.add(Tool.named(name));
          }
        }
        case "--phases" -> {
          phases.clear();
          for (String name : list(option)) {
            phases.add(named(Phase.class, option, name));
          }
        }
        case "--fs" -> volume = Optional.of(named(LoopVolume.Kind.class, option, value(option)));
        case "--runs" -> rounds = (int) number(option, 1, 1000);
        case "--limit" -> seconds = (int) number(option, 1, 1_000_000);
        case "--max" -> maxFiles = (long) number(option, 1000, 1e9);
        case "--scale" -> scale = number(option, 1e-6, 1);
        case "--work" -> work = Path.of(value(option));
        case "--results" -> results = Path.of(value(option));
        case "--suite" -> suite = value(option);
        case "--mirror" -> mirror = value(option);
        default -> throw new UsageProblem(option + ": no such option; --help lists them");
      }
    }

    private static List<CorpusKind> corpora(List<String> names) throws UsageProblem {
      var kinds = new ArrayList<CorpusKind>();
      for (String name : names) {
        kinds.add(CorpusKind.named(name));
      }
      return kinds;
    }

    private String value(String option) throws UsageProblem {
      if (!hasNext()) {
        throw new UsageProblem(option + ": what?");
      }
      return words.get(next++);
    }

    private List<String> list(String option) throws UsageProblem {
      return List.of(value(option).split(",", -1));
    }

    private double number(String option, double least, double greatest) throws UsageProblem {
      String text = value(option);
      try {
        double number = Double.parseDouble(text);
        if (number >= least && number <= greatest) {
          return number;
        }
      } catch (NumberFormatException _) {
        // Said below, as for a number that is out of range.
      }
      throw new UsageProblem(option + " " + text + ": a number from " + least + " to " + greatest);
    }

    private static <T extends Enum<T>> T named(Class<T> type, String option, String name)
        throws UsageProblem {
      for (T constant : type.getEnumConstants()) {
        if (constant.name().toLowerCase(Locale.ROOT).equals(name)) {
          return constant;
        }
      }
      throw new UsageProblem(option + " " + name + ": no such thing; --help lists them");
    }

    Options options() {
      return new Options(
          job,
          List.copyOf(corpora),
          Set.copyOf(tools),
          Set.copyOf(phases),
          Set.copyOf(caches),
          volume,
          new Limits(rounds, scale, maxFiles, seconds),
          new Places(work.toAbsolutePath().normalize(), results.toAbsolutePath().normalize()),
          new Debian(suite.isEmpty() ? Machine.debianRelease() : suite, mirror));
    }
  }
}
