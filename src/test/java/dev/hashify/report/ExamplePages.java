package dev.hashify.report;

import dev.hashify.file.FileProblem;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.plan.IdentityKey;
import dev.hashify.report.Findings.Certainty;
import dev.hashify.report.Findings.Reclaimed;
import dev.hashify.report.Findings.Relaxation;
import dev.hashify.report.Findings.StoreHistory;
import dev.hashify.report.Findings.Total;
import dev.hashify.report.RootSpace.DirectorySpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Pages of runs that never were.
final class ExamplePages {

  private static final List<String> PARTS =
      List.of(
          "usr/lib/x86_64-linux-gnu",
          "usr/share/locale",
          "usr/bin",
          "usr/lib/python3",
          "var/lib/apt",
          "usr/share/doc",
          "usr/lib/gcc",
          "usr/sbin",
          "usr/share/perl",
          "usr/lib/git-core",
          "opt/app",
          "usr/include",
          "usr/share/zoneinfo",
          "etc",
          "var/cache");

  private ExamplePages() {}

  /// A page of this many roots with about ten thousand files each.
  static String of(int roots) throws IOException {
    List<TreePath> paths =
        IntStream.range(0, roots)
            .mapToObj(n -> TreePath.of(String.format("/srv/roots/web-%03d", n)))
            .toList();
    return page(report(paths, names(PARTS)), List.of());
  }

  /// A page on which every name is one of these.
  static String hostile(List<byte[]> names) throws IOException {
    List<TreePath> parts = names.stream().map(TreePath::of).toList();
    List<TreePath> paths = parts.stream().map(name -> TreePath.of("/srv").resolve(name)).toList();
    List<FileProblem> problems =
        paths.stream()
            .map(path -> new FileProblem(path, "not read", "<script>alert(1)</script>", "\u202e"))
            .toList();
    return page(report(paths, parts), problems);
  }

  private static List<TreePath> names(List<String> names) {
    return names.stream().map(TreePath::of).toList();
  }

  private static String page(RunReport report, List<FileProblem> problems) throws IOException {
    var out = new StringBuilder();
    var html = new HtmlReport(out);
    for (var problem : problems) {
      html.event(new RunEvent.Problem(problem));
    }
    html.summary(report, problems.isEmpty() ? 0 : 3);
    return out.toString();
  }

  private static RunReport report(List<TreePath> roots, List<TreePath> parts) {
    var random = new Random(5);
    var space = space(roots, parts, random);
    Counts all = Runs.COUNTS;
    var counts =
        new Counts(
            roots.size() * 10_000L + 8,
            roots.size() * 1_100L,
            all.candidates(),
            roots.size() * 10_000L - 18_655,
            all.alreadyShared(),
            12_345,
            Map.of(SkipReason.EXCLUDED, 5_000L, SkipReason.EMPTY, 10L),
            Map.of(Refusal.OPEN_FOR_WRITING, 2L, Refusal.OTHER_OWNER, 301L),
            5,
            0,
            2_345,
            roots.size() * 61_000_000L,
            4_096,
            2_400_000_000L,
            13_000,
            0,
            0);
    var store = new StoreSummary(TreePath.of("/srv/.hashify"), roots, "none", 3, 2048, List.of());
    return new RunReport(
        RunMode.REAL,
        roots,
        List.of("container-root", "<b>mine</b>"),
        counts,
        List.of(store),
        Duration.ofMillis(92_340),
        false,
        false,
        List.of(),
        findings(roots, parts, space));
  }

  private static Findings findings(List<TreePath> roots, List<TreePath> parts, Space space) {
    TreePath first = roots.getFirst().resolve(parts.getFirst());
    return new Findings(
        new Reclaimed(
            totals(roots),
            totals(parts),
            totals(parts.stream().map(roots.getLast()::resolve).toList()),
            totals(parts.stream().map(first::resolve).toList())),
        Map.of(SkipReason.EXCLUDED, first, SkipReason.EMPTY, first),
        Map.of(Refusal.OPEN_FOR_WRITING, first, Refusal.OTHER_OWNER, first),
        List.of(
            new Relaxation(IdentityKey.NAME, 1_475, 15_938_355, Certainty.LIKELY),
            new Relaxation(IdentityKey.MTIME, 644, 32_820_428, Certainty.AT_MOST)),
        Optional.of(space),
        List.of(new StoreHistory(TreePath.of("/srv/.hashify"), history(roots.size()))));
  }

  private static List<Total> totals(List<TreePath> paths) {
    return IntStream.range(0, paths.size())
        .mapToObj(n -> new Total(paths.get(n), 9_000 / (n + 1), 310_000_000L / (n + 1)))
        .toList();
  }

  /// A year of nights: roots come, packages are upgraded, roots go.
  private static History history(int roots) {
    var random = new Random(9);
    double most = roots * 61_000_000.0;
    return PastRuns.saving(
        LongStream.range(0, 400)
            .map(night -> {
              double grown = 0.25 + 0.75 * (1 - Math.exp(-night / 120.0));
              double upgrade = night % 61 < 9 ? 0.04 * (9 - night % 61) / 9 : 0;
              return (long) (most * (grown - upgrade + random.nextDouble() * 0.006));
            })
            .toArray());
  }

  private static Space space(List<TreePath> roots, List<TreePath> parts, Random random) {
    List<RootSpace> spaces = new ArrayList<>();
    for (var root : roots) {
      double scale = 0.25 + random.nextDouble() * random.nextDouble() * 2.5;
      List<DirectorySpace> directories = new ArrayList<>();
      for (int n = 0; n < parts.size(); n++) {
        long bytes = (long) (scale * 90_000_000 / (n + 1) * (0.6 + random.nextDouble()));
        long own = (long) (bytes * Math.pow(random.nextDouble(), 3));
        directories.add(new DirectorySpace(parts.get(n), own, bytes - own));
      }
      directories.sort(Comparator.comparingLong(DirectorySpace::totalBytes).reversed());
      directories.add(new DirectorySpace(TreePath.EMPTY, 3_000_000, 9_000_000));
      spaces.add(
          new RootSpace(
              root,
              10_000,
              directories.stream().mapToLong(DirectorySpace::ownBytes).sum(),
              directories.stream().mapToLong(DirectorySpace::sharedBytes).sum(),
              directories));
    }
    return new Space(spaces, matrix(spaces, random));
  }

  private static Space.Matrix matrix(List<RootSpace> spaces, Random random) {
    List<Integer> largest =
        IntStream.range(0, spaces.size())
            .boxed()
            .sorted(Comparator.comparingLong((Integer n) -> spaces.get(n).aloneBytes()).reversed())
            .limit(30)
            .toList();
    var bytes = new long[largest.size()][largest.size()];
    for (int row = 0; row < bytes.length; row++) {
      for (int column = 0; column <= row; column++) {
        long less = spaces.get(largest.get(row)).aloneBytes();
        double common = row == column ? 1 : 0.15 + 0.8 * random.nextDouble();
        bytes[row][column] = (long) (less * common);
        bytes[column][row] = bytes[row][column];
      }
    }
    return new Space.Matrix(
        largest,
        java.util.Arrays.stream(bytes).map(row -> LongStream.of(row).boxed().toList()).toList());
  }

  /// Names that would do something if they were not escaped, and such as cannot be shown.
  static List<byte[]> hostileNames() {
    return List.of(
        utf8("<script>document.title='taken'</script>"),
        utf8("\"><img src=x onerror=\"document.title='taken'\">"),
        utf8("' onmouseover='document.title=1' x='"),
        utf8("</style></title></svg><h1 id=taken>"),
        utf8("line\nfeed\r\ttab\u0007"),
        utf8("&lt;b&gt;&amp;&#60;"),
        utf8("\u202egpj.exe"),
        utf8("עברית"),
        utf8("\u0000x".substring(1) + "\ud83d\ude00".repeat(60)),
        new byte[] {'b', 'a', 'd', (byte) 0xff, (byte) 0xfe, '<', 'i', '>'},
        utf8("a".repeat(250)),
        utf8("--><!--"),
        utf8("javascript:document.title='taken'"));
  }

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
