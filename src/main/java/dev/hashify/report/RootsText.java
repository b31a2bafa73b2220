package dev.hashify.report;

import dev.hashify.file.FileProblem;
import dev.hashify.report.RootsReport.EngineRoot;
import dev.hashify.report.RootsReport.Place;
import java.util.ArrayList;
import java.util.List;

/// The trees of container engines, for people and for programs.
public final class RootsText {

  private static final String NOTHING = "-";

  private static final List<String> HEADS =
      List.of("ENGINE", "STATE", "TYPE", "GUARD", "MOUNT", "ROOT");

  private RootsText() {}

  /// A table for people, and below each root that is left out why.
  public static List<String> lines(RootsReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    report.roots().forEach(root -> rows.add(row(root)));
    int[] widths = new int[HEADS.size() - 1];
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      lines.add(line(rows.get(i), widths));
      if (i > 0) {
        EngineRoot root = report.roots().get(i - 1);
        root.leftOut().ifPresent(why -> lines.add("  left out: " + why));
        root.rules().ifPresent(rules -> lines.add("  rules: " + rules));
      }
    }
    report.stores().forEach(store -> lines.add("store: " + store));
    lines.add(sum(report));
    return lines;
  }

  private static List<String> row(EngineRoot root) {
    return List.of(
        root.engine(),
        JsonLine.word(root.state()),
        root.mount().map(Place::fileSystem).orElse(NOTHING),
        root.guard().isEmpty() ? NOTHING : root.guard(),
        root.mount().map(place -> place.point().toString()).orElse(NOTHING),
        root.path() + (root.name().isEmpty() ? "" : " (" + root.name() + ")"));
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
    }
    return line.append(row.getLast()).toString();
  }

  private static String sum(RootsReport report) {
    long leftOut = report.roots().stream().filter(root -> root.leftOut().isPresent()).count();
    long taken = report.roots().size() - leftOut;
    return Figures.count(taken, "root") + " for a run, " + Figures.count(leftOut) + " left out";
  }

  /// One object for each root and problem, and last the summary, each with its line feed.
  ///
  /// @param exitCode with which number the program ends
  public static List<String> json(RootsReport report, int exitCode) {
    List<String> lines = new ArrayList<>();
    report.roots().forEach(root -> lines.add(json(root)));
    report.problems().forEach(problem -> lines.add(json(problem)));
    lines.add(
        JsonLine.event("summary")
            .number("roots", report.roots().size())
            .number("leftOut", report.roots().stream().filter(r -> r.leftOut().isPresent()).count())
            .paths("stores", report.stores())
            .texts("notes", report.notes())
            .number("problems", report.problems().size())
            .number("exitCode", exitCode)
            .end());
    return lines;
  }

  private static String json(EngineRoot root) {
    var line =
        JsonLine.event("root")
            .text("engine", root.engine())
            .path("path", root.path())
            .text("name", root.name())
            .text("state", JsonLine.word(root.state()))
            .text("guard", root.guard());
    root.mount()
        .ifPresent(
            place -> line.text("fileSystem", place.fileSystem()).path("mount", place.point()));
    root.leftOut().ifPresent(why -> line.text("leftOut", why));
    root.rules().ifPresent(rules -> line.path("rules", rules));
    return line.end();
  }

  private static String json(FileProblem problem) {
    return JsonLine.event("problem")
        .path("path", problem.path())
        .text("notDone", problem.notDone())
        .text("why", problem.why())
        .text("consequence", problem.consequence())
        .end();
  }
}
