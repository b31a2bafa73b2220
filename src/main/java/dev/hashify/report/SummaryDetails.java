package dev.hashify.report;

import dev.hashify.file.TreePath;
import dev.hashify.report.Findings.Certainty;
import dev.hashify.report.Findings.Relaxation;
import dev.hashify.report.Findings.Total;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a run found out beyond its figures, as lines for people: where the space was, what was left
/// and why, what a laxer identity would bring, who uses which space. More than a screen, so it is
/// told in reports and to those who ask for more.
public final class SummaryDetails {

  /// Rows of each table; a report that programs read has more.
  private static final int ROWS_MAX = 10;

  private final RunReport report;
  private final Findings findings;
  private final List<String> lines = new ArrayList<>();

  private SummaryDetails(RunReport report) {
    this.report = report;
    this.findings = report.findings();
  }

  /// The lines, without line feeds; none if nothing was found out.
  public static List<String> lines(RunReport report) {
    var details = new SummaryDetails(report);
    details.addReclaimed();
    details.addLeft();
    details.addRelaxations();
    details.addSpace();
    return List.copyOf(details.lines);
  }

  private void addReclaimed() {
    Findings.Reclaimed reclaimed = findings.reclaimed();
    addTotals("by root", reclaimed.roots(), TreePath::toString);
    addTotals("by area of all roots", reclaimed.areas(), SummaryDetails::area);
    addTotals("by directory", reclaimed.directories(), TreePath::toString);
    addTotals("by file kept", reclaimed.files(), TreePath::toString);
  }

  /// The path of an area as one reads it in a root.
  static String area(TreePath area) {
    return "/" + area;
  }

  private void addTotals(String by, List<Total> totals, Function<TreePath, String> name) {
    if (totals.isEmpty()) {
      return;
    }
    lines.add((report.changedNothing() ? "to reclaim " : "reclaimed ") + by + ":");
    totals.stream()
        .limit(ROWS_MAX)
        .forEach(total ->
            lines.add(
                row(
                    Figures.bytes(total.bytes()),
                    Figures.count(total.paths(), "path"),
                    name.apply(total.path()))));
  }

  private static String row(String bytes, String paths, String name) {
    return String.format(Locale.ROOT, "  %10s  %13s  %s", bytes, paths, name);
  }

  private void addLeft() {
    List<String> left = new ArrayList<>();
    Counts counts = report.counts();
    addReasons(left, counts.skipped(), reason -> reason.text(), findings.skipped());
    addReasons(left, counts.refused(), reason -> reason.text(), findings.refused());
    if (!left.isEmpty()) {
      lines.add("left as it was:");
      lines.addAll(left);
    }
  }

  private static <E extends Enum<E>> void addReasons(
      List<String> left, Map<E, Long> counts, Function<E, String> text, Map<E, TreePath> examples) {
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(
            Map.Entry.<E, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> {
          String example =
              Optional.ofNullable(examples.get(entry.getKey()))
                  .map(path -> ", as " + path)
                  .orElse("");
          left.add(
              String.format(
                  Locale.ROOT,
                  "  %10s  %s%s",
                  Figures.count(entry.getValue()),
                  text.apply(entry.getKey()),
                  example));
        });
  }

  private void addRelaxations() {
    if (findings.relaxations().isEmpty()) {
      return;
    }
    lines.add("if less had to be equal (an estimate: no content was read for it):");
    findings.relaxations().forEach(each -> lines.add("  " + relaxation(each)));
  }

  /// What dropping a part of the identity would bring, and how far that can be trusted.
  static String relaxation(Relaxation each) {
    String how =
        switch (each.certainty()) {
          case LIKELY -> "about ";
          case AT_MOST -> "at most ";
        };
    return "--ignore "
        + JsonLine.word(each.dropped())
        + ": "
        + how
        + Figures.bytes(each.bytes())
        + " in "
        + Figures.count(each.contents(), "file")
        + " (by "
        + basis(each.certainty())
        + ")";
  }

  /// What an estimate is made of.
  static String basis(Certainty certainty) {
    return switch (certainty) {
      case LIKELY -> "equal size, owner, mode and mtime to the nanosecond";
      case AT_MOST -> "equal name, size, owner and mode";
    };
  }

  private void addSpace() {
    if (findings.space().isEmpty()) {
      return;
    }
    lines.add("space by root, in bytes of content: its own, shared with other roots, alone:");
    for (var root : findings.space().get().roots()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %10s  %10s  %10s  %s",
              Figures.bytes(root.ownBytes()),
              Figures.bytes(root.sharedBytes()),
              Figures.bytes(root.aloneBytes()),
              root.path()));
    }
  }
}
