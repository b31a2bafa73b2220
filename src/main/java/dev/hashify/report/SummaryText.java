package dev.hashify.report;

import dev.hashify.file.PathText;
import dev.hashify.file.Refusal;
import dev.hashify.file.SkipReason;
import dev.hashify.file.TreePath;
import dev.hashify.report.Findings.Total;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The summary of a run as lines for people.
///
/// The stores come first, so that a reader sees at once what was worked on; the headline with the
/// savings comes after the figures it is made of; for a dry run the guards at hand follow.
public final class SummaryText {

  /// How many are named where there are more.
  private static final int LARGEST_MAX = 3;

  private final RunReport report;
  private final Counts counts;
  private final List<String> lines = new ArrayList<>();

  private SummaryText(RunReport report) {
    this.report = report;
    this.counts = report.counts();
  }

  /// The lines, without line feeds.
  public static List<String> lines(RunReport report) {
    var text = new SummaryText(report);
    report.stores().forEach(text::addStore);
    text.addRules();
    text.addFigures();
    text.addSwept();
    text.lines.add(text.headline());
    text.addLargest();
    text.addGuards();
    return List.copyOf(text.lines);
  }

  private void addStore(StoreSummary store) {
    // A guard says hard links; reflinks have no other guard than the file system.
    String guard =
        switch (store.share()) {
          case "" -> "no guard";
          case "reflink" -> "share reflink";
          default -> "guard " + store.guard();
        };
    lines.add(
        "store "
            + store.path()
            + ": "
            + Figures.count(store.roots().size(), "root")
            + ", "
            + guard);
    store.notes().forEach(note -> lines.add("  " + note));
  }

  private void addRules() {
    lines.add(
        report.ruleLists().isEmpty()
            ? "rules: none"
            : "rules: " + String.join(", ", report.ruleLists()));
  }

  private void addFigures() {
    lines.add(
        "found "
            + Figures.count(counts.found(), "file")
            + " in "
            + (counts.directories() == 1
                ? "1 directory"
                : Figures.count(counts.directories()) + " directories")
            + ": "
            + Figures.count(counts.shared())
            + (report.changedNothing() ? " to share, " : " shared, ")
            + Figures.count(counts.alreadyShared())
            + " already shared, "
            + Figures.count(counts.unique())
            + " unique, "
            + Figures.count(counts.skippedTotal())
            + " skipped, "
            + Figures.count(counts.refusedTotal())
            + " refused, "
            + Figures.count(counts.fileProblems(), "problem"));
    addReasons("skipped", counts.skipped(), SkipReason::text);
    addReasons("refused", counts.refused(), Refusal::text);
    addIfAny(counts.otherProblems(), "more", " of directories and roots", "problem");
    if (counts.alreadyReclaimedBytes() > 0) {
      lines.add(
          "  already shared: "
              + Figures.bytes(counts.alreadyReclaimedBytes())
              + " of content shared by earlier runs");
    }
    addIfAny(counts.modifiedTimesChanged(), "mtime", " took the time of the keeper", "path");
    addIfAny(counts.inUse(), "in use", " shared after the program's restart", "path");
    lines.add(
        "read "
            + Figures.count(counts.filesRead(), "file")
            + ", "
            + Figures.bytes(counts.bytesRead())
            + ", in "
            + Figures.time(report.elapsed()));
  }

  private void addIfAny(long number, String label, String rest, String noun) {
    if (number > 0) {
      lines.add("  " + label + ": " + Figures.count(number, noun) + rest);
    }
  }

  private <E extends Enum<E>> void addReasons(
      String label, Map<E, Long> figures, Function<E, String> text) {
    String reasons =
        figures.entrySet().stream()
            .filter(entry -> entry.getValue() != 0)
            .sorted((one, other) -> one.getKey().compareTo(other.getKey()))
            .map(entry -> Figures.count(entry.getValue()) + " " + text.apply(entry.getKey()))
            .collect(Collectors.joining("; "));
    if (!reasons.isEmpty()) {
      lines.add("  " + label + ": " + reasons);
    }
  }

  private void addSwept() {
    for (StoreSummary store : report.stores()) {
      if (store.sweptObjects() > 0) {
        lines.add(
            "swept "
                + Figures.count(store.sweptObjects(), "object")
                + " that no path used from "
                + store.path()
                + ", "
                + Figures.bytes(store.sweptBytes())
                + " reclaimed");
      }
    }
  }

  /// Where the most of it was, in three lines.
  private void addLargest() {
    Findings.Reclaimed reclaimed = report.findings().reclaimed();
    addLargest("by root", reclaimed.roots(), TreePath::toString);
    addLargest("by area", reclaimed.areas(), SummaryDetails::area);
    addLargest("by file", reclaimed.files(), path -> PathText.escape(path.name()));
  }

  private void addLargest(String by, List<Total> totals, Function<TreePath, String> name) {
    if (totals.size() < 2) {
      return;
    }
    String largest =
        totals.stream()
            .limit(LARGEST_MAX)
            .map(total -> Figures.bytes(total.bytes()) + " " + name.apply(total.path()))
            .collect(Collectors.joining("; "));
    lines.add("  " + by + ": " + largest + (totals.size() > LARGEST_MAX ? "; ..." : ""));
  }

  private String headline() {
    String what =
        Figures.count(counts.shared(), "file") + " in " + Figures.count(counts.groups(), "group");
    String interrupted = report.interrupted() ? "; interrupted, the rest is as it was" : "";
    String bytes = Figures.bytes(counts.reclaimedBytes());
    return (report.changedNothing()
            ? "would share " + what + ", " + bytes + " to reclaim"
            : "shared " + what + ", " + bytes + " reclaimed")
        + interrupted;
  }

  private void addGuards() {
    if (report.choices().isEmpty()) {
      return;
    }
    lines.add("guards at hand:");
    report.choices().forEach(choice -> lines.add("  " + choice));
  }
}
